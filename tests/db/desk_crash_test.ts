import assert from "node:assert/strict";
import { openStore } from "../../db/open.ts";
import type { RoomRecord, Store } from "../../db/store.ts";
import { checkDatabase } from "../../db/sqlite/check.ts";
import { testEachEngine } from "./each_engine.ts";
import { killedWriter } from "./killed_writer.ts";
import { numbers } from "./contract/fixtures.ts";

/** Minimum number of acknowledged claims before the process is killed. */
const enough = 40;

async function everyRoom(store: Store): Promise<RoomRecord[]> {
  const rooms: RoomRecord[] = [];
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
    const page = await store.rooms("asha", { limit: 100, filter: "all", messages: 0, cursor });
    rooms.push(...page.rooms.map(({ room }) => room));
    cursor = page.cursor;
  }
  return rooms;
}

/** Since when a visitor waits, by the messages of the room. */
async function waitsSince(store: Store, room: RoomRecord): Promise<number | undefined> {
  const messages = await store.messagesAfter(room, 0, 100);
  const last = messages.findLastIndex(({ side }) => side === "admin");
  const first = messages[last + 1];
  return first && Date.parse(first.created);
}

/** What was answered for is there, what was not is there whole or not at all, and what is counted is so. */
async function outlives(url: string): Promise<void> {
  const answered: string[] = [];
  for (const round of numbers(2)) {
    answered.push(
      ...await killedWriter(new URL("desk_burst.ts", import.meta.url), [url, `${round}`], enough),
    );
    const store = await openStore(url);
    const rooms = await everyRoom(store);
    const claims = await store.records.list("burst", ["asha"], { limit: 100_000 });
    const recorded = claims.map(({ key, value }) => `${key[1]} ${value}`).sort();
    const assigned = rooms.filter(({ assignee }) => assignee).map((room) =>
      `${room.consumer} ${room.assignee}`
    );
    assert.deepEqual(assigned.sort(), recorded);
    assert.deepEqual(answered.filter((claim) => !recorded.includes(claim)), []);
    for (const room of rooms) assert.equal(room.waitingSince, await waitsSince(store, room), room.consumer);
    const open = rooms.filter(({ snoozedUntil }) => snoozedUntil === undefined);
    const { waiting, unassigned, snoozed, mine } = await store.roomCounts("asha", "ines");
    assert.deepEqual({ waiting, unassigned, snoozed, mine }, {
      waiting: open.filter(({ waitingSince }) => waitingSince !== undefined).length,
      unassigned: open.filter(({ assignee }) => !assignee).length,
      snoozed: rooms.length - open.length,
      mine: open.filter(({ assignee }) => assignee === "ines").length,
    });
    await store.close();
    if (url.startsWith("sqlite:")) assert.deepEqual(checkDatabase(url.slice("sqlite:".length)).problems, []);
  }
}

testEachEngine("claims and what goes with them outlive kill -9, each whole or not at all", outlives);
