import assert from "node:assert/strict";
import type { RoomFilter } from "../../../protocol/frames.ts";
import type { RoomsPage, RoomsQuery, Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import {
  draft,
  morning,
  numbers,
  send,
  sendMany,
  veraAtAsha,
  veraAtBruno,
  victorAtAsha,
} from "./fixtures.ts";

const everything: RoomsQuery = { limit: 50, filter: "all", messages: 20 };

const consumersOf = (page: RoomsPage) => page.rooms.map(({ room }) => room.consumer);

/** All pages of a query in order. A page may contain fewer rooms than requested without being the last. */
export async function allRooms(store: Store, admin: string, query: RoomsQuery): Promise<string[]> {
  const consumers: string[] = [];
  while (true) {
    const page = await store.rooms(admin, query);
    assert(page.rooms.length <= query.limit);
    consumers.push(...consumersOf(page));
    if (page.cursor === undefined) return consumers;
    query = { ...query, cursor: page.cursor };
  }
}

/** Rooms c1 … of Asha, each active one millisecond after the one before. */
async function openMany(store: Store, count: number): Promise<void> {
  await Promise.all(
    numbers(count).map((n) => store.openRoom({ admin: "asha", consumer: `c${n}` }, morning + n)),
  );
}

const newestFirst = (count: number) => numbers(count).reverse().map((n) => `c${n}`);

export function roomList(contractTest: ContractTest): void {
  contractTest("an admin without rooms has an empty last page", async (store) => {
    await send(store, veraAtBruno, "hello");
    assert.deepEqual(await store.rooms("asha", everything), { rooms: [] });
  });

  contractTest(
    "rooms are listed latest activity first, each with its newest messages, oldest first",
    async (store) => {
      await store.appendMessage(draft(veraAtAsha, "first", { at: morning }));
      await store.appendMessage(draft(victorAtAsha, "second", { at: morning + 1 }));
      for (const n of numbers(25)) {
        await store.appendMessage(
          draft(veraAtAsha, `${n}`, { at: morning + 1 + n }),
        );
      }
      const { rooms, cursor } = await store.rooms("asha", everything);
      assert.equal(cursor, undefined);
      assert.deepEqual(rooms.map(({ room }) => room.consumer), ["vera", "victor"]);
      assert.deepEqual(rooms[0]?.room, await store.room(veraAtAsha));
      assert.deepEqual(rooms[0]?.messages, await store.messagesBefore(veraAtAsha, undefined, 20));
      assert.deepEqual(rooms[1]?.messages, await store.messagesBefore(victorAtAsha, undefined, 20));
    },
  );

  contractTest("a list without messages reads none", async (store) => {
    await send(store, veraAtAsha, "hello");
    const { rooms } = await store.rooms("asha", { ...everything, messages: 0 });
    assert.deepEqual(rooms.map(({ messages }) => messages), [[]]);
  });

  contractTest("nobody sees another admin's rooms", async (store) => {
    await send(store, veraAtAsha, "to asha");
    await send(store, veraAtBruno, "to bruno");
    for (const filter of ["all", "open", "unread"] as const) {
      const { rooms } = await store.rooms("bruno", { ...everything, filter });
      assert.deepEqual(rooms.map(({ room }) => room.admin), ["bruno"]);
    }
    for (const name of ["mallory", "", "%", "ash_", "' OR 1=1 --"]) {
      assert.deepEqual((await store.rooms(name, everything)).rooms, []);
    }
  });

  contractTest("pages follow each other without a gap or a double, whatever their size", async (store) => {
    await openMany(store, 23);
    for (const limit of [1, 7, 22, 23, 24]) {
      assert.deepEqual(await allRooms(store, "asha", { ...everything, limit }), newestFirst(23));
    }
    const full = await store.rooms("asha", { ...everything, limit: 23 });
    assert.equal(full.cursor, undefined);
  });

  contractTest("rooms of the same millisecond are each listed once", async (store) => {
    await Promise.all(numbers(20).map((n) => store.openRoom({ admin: "asha", consumer: `c${n}` }, morning)));
    const listed = await allRooms(store, "asha", { ...everything, limit: 3 });
    assert.deepEqual(listed.sort(), newestFirst(20).sort());
  });

  contractTest("rooms that stay where they are are listed once, while others move up", async (store) => {
    await openMany(store, 20);
    const first = await store.rooms("asha", { ...everything, limit: 5 });
    for (const n of [1, 2, 18]) {
      const key = { admin: "asha", consumer: `c${n}` };
      await store.appendMessage(draft(key, "hello", { at: morning + 100 + n }));
    }
    await store.openRoom({ admin: "asha", consumer: "new" }, morning + 200);
    const rest = await allRooms(store, "asha", { ...everything, limit: 5, cursor: first.cursor });
    const staying = newestFirst(20).filter((name) => !["c1", "c2", "c18"].includes(name));
    const seen = [...consumersOf(first), ...rest].filter((name) => staying.includes(name));
    assert.deepEqual(seen, staying);
  });

  contractTest("a cursor that is none is like none", async (store) => {
    await openMany(store, 3);
    for (
      const cursor of ["", "x", "1", "1.", ".", "1.2.3", "-1.5", "NaN.NaN", "9".repeat(200), "' --", "💥"]
    ) {
      assert.deepEqual(
        consumersOf(await store.rooms("asha", { ...everything, cursor })),
        newestFirst(3),
        cursor,
      );
    }
  });

  contractTest("the filters open, resolved and unread each contractTest exactly theirs", async (store) => {
    await openMany(store, 4);
    const at = (n: number) => ({ admin: "asha", consumer: `c${n}` });
    await store.appendMessage(draft(at(1), "resolved", { side: "admin", kind: "status", at: morning + 11 }));
    await store.appendMessage(draft(at(2), "hello", { at: morning + 12 }));
    await store.appendMessage(draft(at(3), "hello", { at: morning + 13 }));
    await store.appendMessage(draft(at(3), "an answer", { side: "admin", at: morning + 14 }));
    await filtersHold(store, { all: [3, 2, 1, 4], open: [3, 2, 4], resolved: [1], unread: [2] });
    await store.appendMessage(draft(at(2), "resolved", { side: "admin", kind: "status", at: morning + 15 }));
    await store.appendMessage(draft(at(1), "hello?", { at: morning + 16 }));
    await filtersHold(store, { all: [1, 2, 3, 4], open: [1, 3, 4], resolved: [2], unread: [1] });
    await store.markRead(at(1), "admin", 2);
    await filtersHold(store, { all: [1, 2, 3, 4], open: [1, 3, 4], resolved: [2], unread: [] });
  });

  contractTest("a filtered list is paged like the whole", async (store) => {
    await openMany(store, 20);
    for (const n of numbers(20).filter((n) => n % 3 === 0)) {
      await store.appendMessage(
        draft({ admin: "asha", consumer: `c${n}` }, "hello", { at: morning + 100 + n }),
      );
    }
    const unread = await allRooms(store, "asha", { ...everything, limit: 2, filter: "unread" });
    assert.deepEqual(unread, ["c18", "c15", "c12", "c9", "c6", "c3"]);
  });

  contractTest(
    "a search finds a part of the consumer id in any case, and takes every sign for itself",
    async (store) => {
      for (const consumer of ["Anna-Lena", "hannah", "bob", "under_score", "underXscore"]) {
        await store.openRoom({ admin: "asha", consumer }, morning);
      }
      const find = async (q: string) =>
        (await allRooms(store, "asha", { ...everything, limit: 2, q })).sort();
      assert.deepEqual(await find("anna"), ["Anna-Lena", "hannah"]);
      assert.deepEqual(await find("ANNA"), ["Anna-Lena", "hannah"]);
      assert.deepEqual(await find("a-l"), ["Anna-Lena"]);
      assert.deepEqual(await find("under_"), ["under_score"]);
      for (const q of ["%", "*", "?", "' OR 1=1 --", "\\", "zzz"]) assert.deepEqual(await find(q), [], q);
      assert.equal((await find("")).length, 5);
    },
  );

  contractTest("a search goes through the filter and the pages", async (store) => {
    await openMany(store, 30);
    for (const n of [3, 13, 24]) await sendMany(store, { admin: "asha", consumer: `c${n}` }, 1);
    const found = await allRooms(store, "asha", { limit: 1, filter: "unread", messages: 1, q: "3" });
    assert.deepEqual(found.sort(), ["c13", "c3"]);
  });
}

async function filtersHold(store: Store, expected: Record<RoomFilter, number[]>): Promise<void> {
  for (const [filter, rooms] of Object.entries(expected) as [RoomFilter, number[]][]) {
    const page = await store.rooms("asha", { ...everything, filter });
    assert.deepEqual(consumersOf(page), rooms.map((n) => `c${n}`), filter);
  }
}
