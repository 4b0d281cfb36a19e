import assert from "node:assert/strict";
import { RateLimited } from "../../../chat/errors.ts";
import { FairQueue } from "../../../chat/limits/fair_queue.ts";

/** A task that ends when told to. */
function held() {
  const order: string[] = [], ends: (() => void)[] = [];
  const work = (name: string) => () => {
    order.push(name);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const end = async () => {
    ends.shift()!();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { order, work, end };
}

Deno.test("whoever asks much waits for itself alone: accounts take turns, each with one piece at a time", async () => {
  const queue = new FairQueue({ atOnce: 2, mostWaiting: 4 });
  const { order, work, end } = held();
  const all = [..."aaaabbc"].map((account, i) => queue.run(account, work(`${account}${i}`)));
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(order, ["a0", "b4"], "one of each, and two at once");
  for (let i = 0; i < 7; i++) await end();
  await Promise.all(all);
  assert.deepEqual(
    order.slice(2, 5).sort(),
    ["a1", "b5", "c6"],
    "before any has a third turn, all have had one",
  );
  assert.deepEqual(order.length, 7);
});

Deno.test("an account with too much waiting is told when to ask again, others are not", async () => {
  const queue = new FairQueue({ atOnce: 1, mostWaiting: 2 });
  const { work, end } = held();
  const all = ["a", "a", "a"].map((account) => queue.run(account, work(account)));
  const refused = (error: unknown) => error instanceof RateLimited && error.retryAfterMs > 0;
  await assert.rejects(queue.run("a", work("a")), refused);
  all.push(queue.run("b", work("b")));
  for (let i = 0; i < 4; i++) await end();
  await Promise.all(all);
});

Deno.test("work that fails gives its turn to the next", async () => {
  const queue = new FairQueue({ atOnce: 1, mostWaiting: 4 });
  const failing = queue.run("a", () => Promise.reject(new Error("no")));
  const next = queue.run("a", () => Promise.resolve(1));
  await assert.rejects(failing);
  assert.equal(await next, 1);
});

Deno.test("whoever asks little waits for none of fifty who have asked much", async () => {
  const queue = new FairQueue({ atOnce: 1, mostWaiting: 4 });
  const crowd = Array.from({ length: 50 }, (_, i) => `mallory${i}`);
  const slow = () => new Promise((resolve) => setTimeout(resolve, 2));
  await Promise.all(crowd.map((one) => queue.run(one, slow)));
  const done: string[] = [];
  const all = [...crowd, "asha"].map((one) => queue.run(one, slow).then(() => done.push(one)));
  await Promise.all(all);
  assert.ok(done.indexOf("asha") <= 1, `after ${done.indexOf("asha")}`);
});

Deno.test("what counts is what the work cost others, not how long it had to wait itself", async () => {
  const queue = new FairQueue({ atOnce: 1, mostWaiting: 4 });
  const waits = () => new Promise<number>((resolve) => setTimeout(resolve, 50, 1));
  const works = () => new Promise<number>((resolve) => setTimeout(resolve, 5, 5));
  const cost = (ms: number) => ms;
  await queue.run("asha", waits, cost);
  await queue.run("mallory", works, cost);
  const done: string[] = [];
  const first = queue.run("third", works, cost);
  const all = ["mallory", "asha"].map((one) => queue.run(one, works, cost).then(() => done.push(one)));
  await Promise.all([first, ...all]);
  assert.deepEqual(done, ["asha", "mallory"]);
});
