import assert from "node:assert/strict";
import { watchLapsesMs } from "../../../protocol/limits.ts";
import { Watching } from "../../../sockets/presence/watching.ts";
import type { Client, Frame } from "../../harness/client.ts";
import { signUpMember } from "../../harness/member.ts";
import { type Admin, Parlor, test, v1 } from "../../harness/parlor.ts";

async function inboxOf(parlor: Parlor, { token }: Admin): Promise<Client> {
  const client = await parlor.open("/ws/room/asha", { protocols: v1(token) });
  client.send({ command: "subscribe" });
  await client.next("subscribed");
  return client;
}

/** Asha and Ben with an inbox each, and a visitor in a room. */
async function withTwo() {
  const parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await signUpMember(parlor, "asha", { username: "ben", role: "agent", name: "Ben" });
  const consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer);
  await visitor.say("hello");
  const inboxes = [await inboxOf(parlor, asha), await inboxOf(parlor, ben)] as const;
  return { parlor, asha, ben, consumer, visitor, inboxes };
}

const watchers = async (inbox: Client, consumer: string) => {
  const frame: Frame = await inbox.next("watching");
  assert.equal(frame.consumer, consumer);
  return frame.agents;
};

test("members see who has a room before it and who writes there; leaving ends it; visitors hear nothing", async () => {
  const { parlor, asha, ben, consumer, visitor, inboxes: [owner, agent] } = await withTwo();
  await using _ = parlor;
  // Whether somebody is online is told whenever that is known.
  const heard = () => visitor.frames.filter(({ command }) => command !== "presence").length;
  const framesBefore = heard();
  agent.send({ command: "watch", consumer });
  assert.deepEqual(await watchers(owner, consumer), [{ id: ben.id, composing: false }]);
  agent.send({ command: "watch", consumer, composing: true });
  assert.deepEqual(await watchers(owner, consumer), [{ id: ben.id, composing: true }]);
  const late = await inboxOf(parlor, asha);
  assert.deepEqual(await watchers(late, consumer), [{ id: ben.id, composing: true }]);
  const other = crypto.randomUUID();
  agent.send({ command: "watch", consumer: other });
  assert.deepEqual(await watchers(owner, consumer), []);
  assert.deepEqual(await watchers(owner, other), [{ id: ben.id, composing: false }]);
  agent.send({ command: "watch", consumer: null });
  assert.deepEqual(await watchers(owner, other), []);
  const own = await parlor.open(`/ws/chat/asha/${consumer}`, { protocols: v1(ben.token) });
  own.send({ command: "watch", consumer });
  assert.deepEqual(await watchers(owner, consumer), [{ id: ben.id, composing: false }]);
  own.terminate();
  assert.deepEqual(await watchers(owner, consumer), [], "it ends with its socket");
  assert.equal(heard(), framesBefore);
  assert.equal((await visitor.ask({ command: "watch", consumer }, "error")).error.code, "forbidden");
});

test("a socket that changes what it watches many times at once passes on the last of them", async () => {
  const { parlor, ben, consumer, inboxes: [owner, agent] } = await withTwo();
  await using _ = parlor;
  for (let n = 0; n < 50; n++) agent.send({ command: "watch", consumer: `${n}`, composing: n % 2 === 0 });
  agent.send({ command: "watch", consumer });
  await owner.until(() =>
    owner.frames.some((frame) => frame.command === "watching" && frame.consumer === consumer)
  );
  const told = owner.frames.filter(({ command }) => command === "watching");
  assert(told.length <= 6, `${told.length} frames`);
  assert.deepEqual(told.at(-1)?.agents, [{ id: ben.id, composing: false }]);
});

Deno.test("what nobody repeats lapses: composing after 6 s, watching after 20 s", () => {
  const told: Frame[] = [];
  const watching = new Watching((_, frame) => void told.push(frame));
  const put = (socket: string, composing: boolean) =>
    watching.put({ admin: "asha", socket, agent: "b", consumer: "vera", composing });
  const now = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => now() + ahead;
  try {
    put("1", true);
    put("2", false);
    ahead = 5_500;
    watching.dropLapsed();
    ahead = 6_500;
    watching.dropLapsed();
    put("2", false);
    ahead = watchLapsesMs + 500;
    watching.dropLapsed();
    ahead = 6_500 + watchLapsesMs + 500;
    watching.dropLapsed();
  } finally {
    performance.now = now;
    watching.close();
  }
  assert.deepEqual(told.map(({ agents }) => agents), [
    [{ id: "b", composing: true }],
    [{ id: "b", composing: false }],
    [],
  ]);
});
