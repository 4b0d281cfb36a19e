import assert from "node:assert/strict";
import { openStore } from "../../db/open.ts";
import { Cluster } from "./cluster.ts";
import { sleep, talk } from "./conversations.ts";
import { faults, isFull, patienceMs, report, test } from "./on_postgres.ts";
import { sharesRooms } from "./balanced_rooms.ts";
import { holdToMembership } from "./membership.ts";
import { holdToRevocations } from "./revocations.ts";
import { wakesOnce } from "./woken_room.ts";
import { tellsNotes } from "./staff_entries.ts";

const load = isFull ? { rooms: 60, each: 40, pauseMs: 500 } : { rooms: 20, each: 15, pauseMs: 250 };

test("what is said on three instances is seen on all, once each and in one order", async (server) => {
  await using cluster = await Cluster.start(3, server.schema());
  const inboxes = await Promise.all([0, 1, 2].map((instance) => cluster.inbox(instance)));
  const outcome = await talk(cluster, { ...load, patienceMs });
  report("three instances", outcome);
  assert(outcome.acrossMs <= outcome.sameMs + 15 * (isFull ? 1 : 3), JSON.stringify(outcome));
  await sleep(500);
  for (const rooms of inboxes) {
    assert.equal(rooms.size, load.rooms);
    for (const messages of rooms.values()) {
      assert.deepEqual(
        messages.map(({ seq }) => seq),
        Array.from({ length: 2 * load.each }, (_, i) => i + 1),
      );
    }
  }
});

test("with every notification lost everything is seen all the same, at most a sweep later", async (server) => {
  await using cluster = await Cluster.start(3, server.schema(), { DEAF: "1" });
  const inboxes = await Promise.all([0, 1, 2].map((instance) => cluster.inbox(instance)));
  const outcome = await talk(cluster, { ...load, patienceMs });
  report("deaf", outcome);
  assert(outcome.p99AcrossMs <= 2_000 + 1_000, JSON.stringify(outcome));
  await sleep(3_000);
  for (const rooms of inboxes) {
    for (const messages of rooms.values()) assert.equal(messages.at(-1)?.seq, messages.length);
    assert.equal([...rooms.values()].flat().length, load.rooms * load.each * 2);
  }
});

for (const deaf of [false, true]) {
  const how = deaf ? "with every notification lost" : "at once";
  test(`a note is told to members on three instances, once and in order, ${how}`, async (server) => {
    await using cluster = await Cluster.start(3, server.schema(), deaf ? { DEAF: "1" } : {});
    await tellsNotes(cluster, 15_000);
  });
}

test("new rooms on three instances are shared out evenly, each to one agent", async (server) => {
  const url = server.schema();
  await using cluster = await Cluster.start(3, url);
  const store = await openStore(url);
  try {
    await sharesRooms(cluster, store, isFull ? 1_000 : 90, patienceMs);
  } finally {
    await store.close();
  }
});

test("a snoozed room wakes once on three instances, though the one that it was snoozed on is killed", async (server) => {
  const url = server.schema();
  await using cluster = await Cluster.start(3, url);
  const store = await openStore(url);
  try {
    await wakesOnce(cluster, store, () => cluster.instances[0]!.end("SIGKILL"));
  } finally {
    await store.close();
  }
});

test("instances that are replaced one after the other are hardly missed", async (server) => {
  await using cluster = await Cluster.start(3, server.schema());
  const { balancer } = cluster, leavingMs: number[] = [];
  const outcome = await talk(cluster, {
    ...faults,
    patienceMs,
    async meanwhile() {
      for (const instance of cluster.instances) {
        await sleep(500);
        balancer.out.add(instance);
        leavingMs.push(await instance.end("SIGTERM"));
        await instance.start();
        balancer.out.delete(instance);
      }
    },
  });
  report("rolling", outcome);
  assert(Math.max(...leavingMs) <= 4_000, `left within ${leavingMs} ms`);
  assert(outcome.p95AcrossMs <= 5_000, JSON.stringify(outcome));
});

test("what ends on an instance that is killed at once ends on a deaf one within 5 s", async (server) => {
  await using cluster = await Cluster.start(2, server.schema(), { DEAF: "1" });
  await holdToRevocations(cluster);
});

test("who is removed or demoted is so on two deaf instances within 5 s", async (server) => {
  await using cluster = await Cluster.start(3, server.schema(), { DEAF: "1" });
  await holdToMembership(cluster);
});
