import assert from "node:assert/strict";
import { readConfig } from "../../server/config.ts";
import { type Running, startService } from "../../main.ts";
import { openLog } from "../../chat/monitoring/log.ts";
import { KvFile } from "../db/kv/file.ts";
import { until } from "./conversations.ts";
import { sharesRooms } from "./balanced_rooms.ts";
import { holdToMembership } from "./membership.ts";
import { holdToRevocations } from "./revocations.ts";
import { Cluster } from "./cluster.ts";
import { crossesOver } from "./crosses_over.ts";
import { wakesOnce } from "./woken_room.ts";
import { tellsNotes } from "./staff_entries.ts";

/** Instances in one process: a watch on a KV file sees changes by handles of the same process only. */
async function start(count: number, pollsOnly: boolean) {
  const file = new KvFile();
  const config = readConfig({
    DATABASE_URL: file.url,
    PORT: "0",
    LOG_LEVEL: "error",
    LIMIT_MESSAGES_PER_ROOM: "off",
    LIMIT_ROOMS_PER_ADDRESS: "off",
    LIMIT_SIGNUPS: "off",
  });
  const services: Running[] = [];
  for (let i = 0; i < count; i++) services.push(await startService(config, openLog("silent"), { pollsOnly }));
  const cluster = await Cluster.over(services.map(({ address }) => address));
  return {
    cluster,
    store: services[0]!.service.chat.store,
    async [Symbol.asyncDispose]() {
      await cluster[Symbol.asyncDispose]();
      await Promise.all(services.map((service) => service.stop()));
      file[Symbol.dispose]();
    },
  };
}

for (const pollsOnly of [false, true]) {
  const how = pollsOnly ? "a sweep later at most, with every notification lost" : "at once";
  Deno.test(`kv: a visitor on one instance and asha on another chat as if on one, ${how}`, async () => {
    await using started = await start(2, pollsOnly);
    const { cluster } = started;
    const inbox = await cluster.inbox(0);
    const consumer = crypto.randomUUID();
    const { visitor, asha } = cluster.room(consumer, { visitor: 1, asha: 0 });
    const patienceMs = pollsOnly ? 7_000 : 2_000;
    for (let n = 1; n <= 4; n += 2) {
      visitor.write(`question ${n}`);
      await until(() => asha.messages.length >= n, patienceMs);
      asha.write(`answer ${n + 1}`);
      await until(() => visitor.messages.length >= n + 1, patienceMs);
    }
    await until(() => visitor.isSettled && asha.isSettled, patienceMs);
    assert.deepEqual(asha.messages.map(({ seq }) => seq), [1, 2, 3, 4]);
    assert.deepEqual(visitor.messages, asha.messages);
    await until(() => inbox.get(consumer)?.length === 4, patienceMs);
    assert.deepEqual(inbox.get(consumer)?.map(({ seq }) => seq), [1, 2, 3, 4]);
    assert.deepEqual([...visitor.wrongs, ...asha.wrongs], []);
  });
}

for (const pollsOnly of [false, true]) {
  const how = pollsOnly ? "with every notification lost" : "at once";
  Deno.test(`kv: a note is told to members on every instance, once and in order, ${how}`, async () => {
    await using started = await start(2, pollsOnly);
    await tellsNotes(started.cluster, pollsOnly ? 12_000 : 5_000);
  });
}

Deno.test("kv: new rooms on three instances are shared out evenly, each to one agent", async () => {
  await using started = await start(3, false);
  await sharesRooms(started.cluster, started.store, 45, 20_000);
});

Deno.test("kv: a snoozed room wakes once, on whichever of three instances", async () => {
  await using started = await start(3, false);
  await wakesOnce(started.cluster, started.store);
});

Deno.test("kv: what a page has shown is not told again when its telling comes late", async () => {
  await using started = await start(2, true);
  const { cluster } = started;
  const consumer = crypto.randomUUID(), path = `chat/asha/${consumer}`;
  const writer = await cluster.open(0, path), inbox = await cluster.inbox(1);
  await writer.say("first");
  const reader = await cluster.open(1, path, "visitor");
  await reader.next("welcome");
  for (let seq = 2; seq <= 4; seq++) {
    await writer.say(`line ${seq}`);
    // The other instance can read the message, but was not notified of it yet.
    const { messages } = await reader.ask({ command: "fetch_messages" }, "messages");
    assert.equal(messages.at(-1).seq, seq);
    reader.frames.length = 0;
    await until(() => inbox.get(consumer)?.at(-1)?.seq === seq, 10_000);
    await reader.ask({ command: "fetch_messages" }, "messages");
    assert.deepEqual(reader.frames.filter(({ command }) => command === "new_message"), []);
  }
});

Deno.test("kv: what ends in a process that is killed at once ends in a deaf one within 5 s", async () => {
  using file = new KvFile();
  await using cluster = await Cluster.start(2, file.url, { DEAF: "1" });
  await holdToRevocations(cluster);
});

Deno.test("kv: who is removed or demoted is so in two deaf processes within 5 s", async () => {
  using file = new KvFile();
  await using cluster = await Cluster.start(3, file.url, { DEAF: "1" });
  await holdToMembership(cluster);
});

Deno.test("kv: typing, read marks, presence and new rooms cross over", async () => {
  await using started = await start(2, false);
  const { cluster } = started;
  const inbox = await cluster.open(0, "room/asha");
  await inbox.ask({ command: "subscribe" }, "subscribed");
  const consumer = crypto.randomUUID();
  const visitor = await cluster.open(1, `chat/asha/${consumer}`, "visitor");
  await crossesOver({ inbox, visitor, consumer });
});
