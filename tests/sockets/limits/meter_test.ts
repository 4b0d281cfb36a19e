import assert from "node:assert/strict";
import { Parlor, refusedWith, test, v1 } from "../../harness/parlor.ts";

/** Allows a few calls and frames at once, then almost nothing. */
const few = { LIMIT_COST_PER_ADDRESS: "10/10000", TRUST_PROXY: "on" };
const from = (address: string) => ({ "x-forwarded-for": address });

test("reads are paid for as writes are, and whoever closes and comes back owes what it owed", async () => {
  await using parlor = await Parlor.start(few);
  const asha = await parlor.signUp("asha");
  const open = (address: string) =>
    parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`, { protocols: v1(), headers: from(address) });
  const mallory = await open("198.51.100.7");
  const isRefused = () => mallory.frames.some(({ command }) => command === "error");
  let asked = 0;
  for (; !isRefused(); asked++) {
    assert.ok(asked < 100, "it is refused at last");
    mallory.send({ command: "fetch_messages" });
    await mallory.until(() => mallory.frames.length > asked);
  }
  const refused = await mallory.next("error");
  assert.equal(refused.error.code, "rate_limited");
  assert.equal(refused.re, "fetch_messages");
  assert.ok(refused.error.retry_after_ms > 100 && refused.error.retry_after_ms <= 10_000_000);
  for (let i = 0; i < 20; i++) mallory.send({ command: "fetch_messages" });
  assert.equal(await mallory.closed(), 4429, "whoever goes on asking is closed");
  assert.equal((await open("198.51.100.7")).code, refusedWith(429));

  const vera = await open("203.0.113.9");
  assert.equal((await vera.say("Hello")).content, "Hello");
  const inbox = await parlor.inbox(asha);
  assert.equal((await inbox.ask({ command: "fetch_rooms" }, "room")).rooms.length, 1);
});

test("an admin works on at the very address that has nothing left, until its own account has nothing left", async () => {
  await using parlor = await Parlor.start({ ...few, LIMIT_COST_PER_ACCOUNT: "20/10000" });
  const asha = await parlor.signUp("asha"), headers = from("198.51.100.7");
  const ask = (path: string, more = {}) => parlor.fetch(path, { headers: { ...headers, ...more } });
  let status = 200;
  for (let i = 0; i < 200 && status === 200; i++) status = (await ask("/chatbot/api?username=asha")).status;
  assert.equal(status, 429);
  assert.equal((await ask("/healthz")).status, 200);
  assert.equal((await ask("/messages/api/search?q=a", { authorization: "Bearer nonsense" })).status, 429);
  const own = { cookie: asha.cookie };
  assert.equal((await ask("/messages/api/blocked", own)).status, 200);
  const inbox = await parlor.open("/ws/room/asha", { protocols: v1(), headers: { ...headers, ...own } });
  assert.equal((await inbox.ask({ command: "subscribe" }, "subscribed")).command, "subscribed");

  let last: Response;
  let asked = 0;
  do last = await ask("/messages/api/blocked", own); while (last.status === 200 && ++asked < 100);
  assert.equal(last.status, 429);
  assert.ok(asked > 10, `${asked}`);
  assert.ok(Number(last.headers.get("retry-after")) > 0);
  assert.equal((await last.json()).error.code, "rate_limited");
  assert.equal((await inbox.ask({ command: "fetch_rooms" }, "error")).error.code, "rate_limited");
});

test("a page elsewhere that is refused may read that it is, and how long to wait", async () => {
  await using parlor = await Parlor.start(few);
  await parlor.signUp("asha");
  const headers = { ...from("198.51.100.7"), origin: "https://shop.example" };
  let refused: Response;
  let asked = 0;
  do refused = await parlor.post("/chatbot/api/asha/session", {}, headers); while (
    refused.status === 200 && ++asked < 100
  );
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("access-control-allow-origin"), "https://shop.example");
  assert.match(refused.headers.get("access-control-expose-headers") ?? "", /retry-after/i);
});

test("who writes a line waits for none of hundreds of long messages that a crowd has sent before", async () => {
  await using parlor = await Parlor.start({ TRUST_PROXY: "on" });
  const asha = await parlor.signUp("asha");
  const open = (address: string) =>
    parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`, { protocols: v1(), headers: from(address) });
  const crowd = await Promise.all(Array.from({ length: 60 }, (_, i) => open(`198.51.${i}.7`)));
  const vera = await open("203.0.113.9");
  const inbox = await parlor.inbox(asha);
  await inbox.ask({ command: "subscribe" }, "subscribed");
  const told = () => inbox.frames.filter(({ command }) => command === "new_message");
  const content = "語".repeat(4_000);
  for (let i = 0; i < 10; i++) {
    for (const one of crowd) one.send({ command: "new_message", message: { content, client_id: `${i}` } });
  }
  await inbox.until(() => told().length > 0);
  vera.send({ command: "new_message", message: { content: "A line", client_id: "vera" } });
  await inbox.until(() => told().length > crowd.length * 10);
  const before = told().findIndex(({ message }) => message.content === "A line");
  assert.ok(before < 100, `${before} of them were told before`);
});
