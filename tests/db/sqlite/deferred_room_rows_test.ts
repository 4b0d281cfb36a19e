import assert from "node:assert/strict";
import { Unavailable } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import { appends } from "../../../db/sqlite/append.ts";
import { checkDatabase } from "../../../db/sqlite/check.ts";
import { connect } from "../../../db/sqlite/connection.ts";
import { MessageKeys } from "../../../db/sqlite/message_keys.ts";
import { RoomMemory } from "../../../db/sqlite/room_memory.ts";
import { recordTable } from "../../../db/sqlite/records.ts";
import { roomMaker } from "../../../db/sqlite/rooms.ts";
import { DeferredRoomRows } from "../../../db/sqlite/deferred_room_rows.ts";
import { WriteQueue } from "../../../db/sqlite/write_queue.ts";
import type { MessageDraft, Store } from "../../../db/store.ts";
import { eventually } from "../../harness/eventually.ts";
import { draft, morning, send, veraAtAsha, victorAtAsha } from "../contract/fixtures.ts";
import { DatabaseFile } from "./database_file.ts";

/** The head stored in the room's row. */
function headInRow(file: DatabaseFile, consumer: string): number | undefined {
  const db = file.connect();
  const row = db.prepare("SELECT head FROM rooms WHERE consumer = ?").get(consumer);
  db.close();
  return row?.head as number | undefined;
}

/** A copy of the files in their present state, as found after a power failure. */
function cutOff(file: DatabaseFile): DatabaseFile {
  const copy = new DatabaseFile();
  Deno.mkdirSync(`${copy.folder}/data`);
  for (const ending of ["", "-wal"]) Deno.copyFileSync(`${file.path}${ending}`, `${copy.path}${ending}`);
  return copy;
}

async function inbox(store: Store): Promise<unknown[]> {
  const { rooms } = await store.rooms("asha", { filter: "all", limit: 10, messages: 0 });
  return rooms.map(({ room: { consumer, head, active, read, status } }) => ({
    ...{ consumer, head, active, read, status },
  }));
}

/** The writing parts of a store, with their own file. */
async function openParts() {
  const file = new DatabaseFile();
  await (await openStore(file.url)).close();
  const db = connect(file.path);
  const memory = new RoomMemory(db), keys = new MessageKeys(db);
  const queue = new WriteQueue(db, memory, () => true);
  return {
    ...{
      file,
      db,
      memory,
      keys,
      queue,
      ...appends({ db, queue, makeRoom: roomMaker(db, recordTable(db)), keys, onEdit() {} }),
    },
    async [Symbol.asyncDispose]() {
      await queue.close();
      db.close();
      file[Symbol.dispose]();
    },
  };
}

/**
 * Rooms with two messages each, of which their rows contain one. `behind` counts the rows that lag, `written`
 * holds the number of rows that each transaction since then has written.
 */
async function settlingRooms(count: number, afterEach: (file: DatabaseFile) => void = () => {}) {
  const parts = await openParts();
  const { file, db, queue, appendMessage } = parts;
  const deferredRows = new DeferredRoomRows(parts);
  const all = (content: string) =>
    Promise.all(
      Array.from({ length: count }, (_, i) =>
        appendMessage(draft({ admin: "asha", consumer: `v${i}` }, content))),
    );
  const find = db.prepare("SELECT count(*) AS count FROM rooms WHERE head = 1");
  const behind = () => find.get()!.count as number;
  await all("one");
  await all("two");
  const written: number[] = [];
  let before = behind();
  queue.onCommit = () => {
    written.push(before - (before = behind()));
    deferredRows.wake();
    afterEach(file);
  };
  deferredRows.wake();
  return {
    ...{ behind, written },
    async [Symbol.asyncDispose]() {
      await deferredRows.close();
      await parts[Symbol.asyncDispose]();
    },
  };
}

Deno.test("a room's row follows its messages by itself", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await send(store, veraAtAsha, "one", "two", "three");
  assert.equal(headInRow(file, "vera"), 1, "not on the way of the messages");
  await eventually(() => headInRow(file, "vera") === 3);
  await send(store, veraAtAsha, "four");
  await store.close();
  assert.equal(headInRow(file, "vera"), 4, "and at the latest when the store closes");
});

Deno.test("many rows follow a few at a time, so that nobody who sends meanwhile waits for all of them", async () => {
  await using deferredRows = await settlingRooms(120);
  const { behind, written } = deferredRows;
  assert.equal(behind(), 120);
  await eventually(() => behind() === 0);
  assert.equal(written.reduce((sum, rows) => sum + rows, 0), 120);
  assert.ok(Math.max(...written) <= 25, `rows in one transaction: ${written}`);
});

Deno.test("until the last of many rows is written, a start looks after them all", async () => {
  let afterFirst: DatabaseFile | undefined;
  await using deferredRows = await settlingRooms(120, (file) => afterFirst ??= cutOff(file));
  await eventually(() => deferredRows.behind() === 0);
  using found = afterFirst!;
  assert.deepEqual(checkDatabase(found.path).problems, []);
  const again = await openStore(found.url);
  const { rooms } = await again.rooms("asha", { filter: "all", limit: 200, messages: 0 });
  assert.deepEqual(rooms.map(({ room }) => room.head), Array(120).fill(2));
  await again.close();
});

Deno.test("rooms whose rows were behind when the machine stopped are as their messages say", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await send(store, veraAtAsha, "one");
  await store.appendMessage(draft(victorAtAsha, "hello", { at: morning + 1_000 }));
  await inbox(store);
  await store.appendMessage(draft(veraAtAsha, "two", { at: morning + 2_000 }));
  await store.appendMessage(draft(veraAtAsha, "an answer", { side: "admin", at: morning + 3_000 }));
  await store.appendMessage(draft(veraAtAsha, "three", { at: morning + 4_000 }));
  using found = cutOff(file);
  assert.equal(headInRow(file, "vera"), 1);
  const [rooms, counts] = [await inbox(store), await store.roomCounts("asha")];
  assert.deepEqual(rooms[0], {
    ...{ consumer: "vera", head: 4, active: morning + 4_000, status: "open" },
    read: { admin: 3, visitor: 4 },
  });
  await store.close();

  assert.deepEqual(checkDatabase(found.path).problems, [], "what is behind is known to be");
  const again = await openStore(found.url);
  assert.deepEqual(await inbox(again), rooms);
  assert.deepEqual(await again.roomCounts("asha"), counts);
  const { message } = await again.appendMessage(draft(veraAtAsha, "four"));
  assert.equal(message.seq, 5);
  await again.close();
  assert.deepEqual(checkDatabase(found.path).problems, []);
});

Deno.test("who waits, and whose snooze is over, is known after the machine stopped with rows behind", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  const visitors = ["asked", "answered", "again", "by bot", "woken", "snoozed", "with bot"];
  const keys = visitors.map((name) => ({ admin: "asha", consumer: name.replace(" ", "-") }));
  const [asked, answered, again, byBot, woken, snoozed, withBot] = keys as [
    typeof veraAtAsha,
    ...typeof keys,
  ];
  let at = morning;
  const say = (key: typeof veraAtAsha, rest: Partial<MessageDraft> = {}) =>
    store.appendMessage(draft(key, "a text", { at: ++at, ...rest }));
  const person = { side: "admin", by: { id: "ines" } } as const, bot = { side: "admin", by: "bot" } as const;
  for (const key of keys) await say(key, key === asked ? person : {});
  await say(withBot!, { ...bot, kind: "status", content: "bot" });
  for (const key of [woken!, snoozed!]) {
    await store.changeDesk(key, { set: { snoozedUntil: at + 1_000_000 } });
  }
  await inbox(store);

  for (const key of [asked, asked, again!, withBot!, woken!]) await say(key);
  for (const key of [answered!, again!, snoozed!]) await say(key, person);
  for (const key of [again!, again!]) await say(key);
  for (const key of [byBot!, withBot!]) await say(key, bot);
  using found = cutOff(file);
  assert.equal(headInRow(file, "asked"), 1, "the rows are behind");
  const rooms = await Promise.all(keys.map((key) => store.room(key)));
  const counts = await store.roomCounts("asha", "ines");
  await store.close();

  assert.deepEqual(checkDatabase(found.path).problems, []);
  const started = await openStore(found.url);
  assert.deepEqual(await Promise.all(keys.map((key) => started.room(key))), rooms);
  assert.deepEqual(await started.roomCounts("asha", "ines"), counts);
  assert.deepEqual(rooms.map((room) => room?.waitingSince !== undefined), [
    ...[true, false, true, true, true, false, false],
  ]);
  assert.deepEqual(rooms.map((room) => room?.snoozedUntil !== undefined), [
    ...[false, false, false, false, false, true, false],
  ]);
  await started.close();
  assert.deepEqual(checkDatabase(found.path).problems, []);
});

Deno.test("what resolves a room, or opens it again, is in its row at once", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await send(store, veraAtAsha, "one");
  for (const [content, side] of [["resolved", "admin"], ["open again", "visitor"]] as const) {
    await send(store, veraAtAsha, "a text before it");
    const kind = side === "admin" ? "status" : "text";
    await store.appendMessage(draft(veraAtAsha, content, { side, kind }));
    using found = cutOff(file);
    const again = await openStore(found.url);
    assert.deepEqual(await inbox(again), await inbox(store));
    await again.close();
  }
  await store.close();
});

Deno.test("a write that is refused costs no room the messages before it", async () => {
  using file = new DatabaseFile();
  const store = await openStore(file.url);
  await send(store, veraAtAsha, "one", "two");
  const kind = "status" as const, broken = draft(victorAtAsha, "no status", { kind, side: "admin" });
  const [refused, written] = await Promise.allSettled([
    store.appendMessage(broken),
    store.appendMessage(draft(veraAtAsha, "three")),
  ]);
  assert.deepEqual([refused.status, written.status], ["rejected", "fulfilled"]);
  assert.equal((await store.room(veraAtAsha))?.head, 3);
  await store.close();
  assert.deepEqual(checkDatabase(file.path).problems, []);
});

Deno.test("a transaction that fails as a whole forgets nothing of the rooms whose rows are behind", async () => {
  await using parts = await openParts();
  const { memory, queue, appendMessage } = parts;
  await appendMessage(draft(veraAtAsha, "one"));
  await appendMessage(draft(veraAtAsha, "two"));
  const wrong = queue.write(() => {
    throw new TypeError("this one cannot be written");
  });
  const full = queue.write(() => {
    throw Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR" });
  });
  await assert.rejects(wrong, Unavailable);
  await assert.rejects(full, Unavailable);
  assert.equal(memory.get(veraAtAsha)?.head, 2);
  assert.equal((await appendMessage(draft(veraAtAsha, "three"))).message.seq, 3);
});

Deno.test("of more than 2,000 rooms whose rows are behind all are written at once", async () => {
  await using parts = await openParts();
  const deferredRows = new DeferredRoomRows(parts);
  const rooms = Array.from({ length: 2_001 }, (_, n) => ({ admin: "asha", consumer: `v${n}` }));
  await Promise.all(rooms.map((key) => parts.appendMessage(draft(key, "hello"))));
  // The first message creates a room; the second one is not written to its row.
  await Promise.all(rooms.map((key) => parts.appendMessage(draft(key, "again"))));
  assert.equal(parts.memory.owed.size, 2_001);
  deferredRows.wake();
  // In steps of 25 rooms it would take 81 transactions.
  let commits = 0;
  parts.queue.onCommit = () => commits++;
  await eventually(() => parts.memory.owed.size === 0);
  assert(commits <= 2, `${commits} transactions`);
  await deferredRows.close();
});
