import type { DatabaseSync } from "node:sqlite";
import { recordVerbs } from "./collections/verbs.ts";
import { CannotOpen, Unavailable } from "./errors.ts";
import { folderOf } from "./folder_of.ts";
import { sqliteMigrations } from "./migrations/sqlite.ts";
import type { StoreOptions } from "./store_options.ts";
import { appends } from "./sqlite/append.ts";
import { blocks } from "./sqlite/blocks.ts";
import { CheckpointThread } from "./sqlite/checkpoint_thread.ts";
import { Checkpoints } from "./sqlite/checkpoints.ts";
import { beginStart, connect, endStart } from "./sqlite/connection.ts";
import { fileSize } from "./sqlite/file_size.ts";
import { forgetting } from "./sqlite/forgetting.ts";
import { type Lock, lockDatabase } from "./sqlite/lock.ts";
import { MessageKeys } from "./sqlite/message_keys.ts";
import { messagePages, newestMessages } from "./sqlite/message_pages.ts";
import { migrate, versionOf } from "./sqlite/migrate.ts";
import { roomCounts } from "./sqlite/room_counts.ts";
import { roomList } from "./sqlite/room_list.ts";
import { RoomMemory } from "./sqlite/room_memory.ts";
import { giveUpReserve } from "./sqlite/reserve.ts";
import { roomMaker, rooms } from "./sqlite/rooms.ts";
import { Search } from "./sqlite/search.ts";
import { settleRooms } from "./sqlite/catch_up_rooms.ts";
import { DeferredRoomRows } from "./sqlite/deferred_room_rows.ts";
import { records, recordTable } from "./sqlite/records.ts";
import { profileWriter } from "./sqlite/profiles.ts";
import { reading } from "./sqlite/engine_errors.ts";
import { WriteQueue } from "./sqlite/write_queue.ts";
import type { Store } from "./store.ts";
import { copyDatabase } from "./sqlite/copy.ts";

/**
 * The store in one file, for one process.
 * @throws {CannotOpen} if another process has it, it is of a newer version, or cannot be used as a database at all
 */
export async function openSqlite(path: string, options: StoreOptions): Promise<Store> {
  if (!path || path === ":memory:") {
    throw new CannotOpen(`DATABASE_URL: got "sqlite:${path}", takes sqlite:PATH, the path of a file`);
  }
  try {
    Deno.mkdirSync(folderOf(path), { recursive: true, mode: 0o700 });
    return await openLocked(path, lockDatabase(path), options);
  } catch (cause) {
    throw new CannotOpen(`Cannot open ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

async function openLocked(path: string, lock: Lock, options: StoreOptions): Promise<Store> {
  try {
    return assemble({ path, ...await openFile(path), lock }, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface OpenFile {
  db: DatabaseSync;
  /** There was no room but what had been reserved. */
  fullDisk?: unknown;
}

/** Opens it; on a full disk once more, with what is reserved for this. */
async function openFile(path: string): Promise<OpenFile> {
  try {
    return { db: await openAsItIs(path) };
  } catch (error) {
    if (error instanceof CannotOpen && !error.cause || !giveUpReserve(path)) throw error;
    return { db: await openAsItIs(path), fullDisk: error };
  }
}

async function openAsItIs(path: string): Promise<DatabaseSync> {
  const db = connect(path);
  try {
    await snapshot(db, path, sqliteMigrations.length);
    beginStart(db);
    migrate(db, sqliteMigrations);
    settleRooms(db);
    endStart(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function assemble(
  { path, db, fullDisk, lock }: OpenFile & { path: string; lock: Lock },
  { onTrouble = () => {}, onCommit = () => {} }: StoreOptions,
): Store {
  const memory = new RoomMemory(db);
  const queue = new WriteQueue(db, memory, fileAt(path));
  // What an engine says of its failures quotes nobody.
  queue.onRefusal = (error) => onTrouble(`Writes are refused: ${(error as Error).message}`, error);
  const checkpoints = new Checkpoints({
    writes: queue,
    onTrouble,
    startThread: () => new CheckpointThread(path),
  });
  queue.onFull = (error) => checkpoints.full(error);
  if (fullDisk) checkpoints.full(new Error("database or disk is full", { cause: fullDisk }));
  const search = new Search({ path, memory, onTrouble });
  const keys = new MessageKeys(db);
  const deferredRows = new DeferredRoomRows({ db, queue, memory, keys });
  queue.onCommit = (writes, seconds) => {
    onCommit(writes, seconds);
    checkpoints.wake();
    search.wake();
    deferredRows.wake();
  };
  const table = recordTable(db), makeRoom = roomMaker(db, table);
  const { finish, ...erasure } = forgetting({
    ...{ db, queue, keys, table },
    unindex: (rooms) => search.unindex(rooms),
  });
  finish().catch((error) => onTrouble("Removing what was forgotten failed and will be tried again", error));
  let closing: Promise<void> | undefined;
  async function close() {
    await deferredRows.close();
    await queue.close();
    await Promise.all([checkpoints.close(), search.close()]);
    memory.forgetAll();
    shut(store);
    db.close();
    lock.release();
  }
  // Another value each time: of a row that stays as it is nothing reaches the disk.
  const touch = db.prepare(
    "INSERT INTO meta VALUES ('touched', '0') ON CONFLICT (name) DO UPDATE SET value = 1 - value",
  );
  const store: Store = {
    epoch: db.prepare("SELECT value FROM meta WHERE name = 'epoch'").get()!.value as string,
    ...recordVerbs(records(db, queue, table), { ...erasure, ...profileWriter(db, queue, table) }),
    ...rooms({ queue, memory, makeRoom }),
    ...roomList({ db, memory, newest: newestMessages(db), deferredRows }),
    ...appends({ db, queue, makeRoom, keys }),
    ...messagePages(db, memory),
    ...roomCounts(db, deferredRows),
    ...blocks(db, queue),
    searchMessages: search.searchMessages,
    size: () => reading(() => (fileSize(path) ?? 0) + (fileSize(`${path}-wal`) ?? 0)),
    async ready() {
      await queue.write(() => {
        // What an append does, taken back; only then something that stays.
        db.exec("SAVEPOINT probe");
        db.exec(`INSERT INTO messages (key, room, seq, side, kind, created, content, client_id)
          VALUES (-1, -1, 1, 0, 0, 0, 'probe', 'probe'); INSERT INTO sent (client_id, room, side, seq) VALUES ('probe', -1, 0, 1)`);
        db.exec("ROLLBACK TO probe; RELEASE probe");
        touch.run();
      });
    },
    close: () => closing ??= close(),
  };
  return store;
}

/** Refuses every verb. On Deno 2.5 a statement that runs when its database is closed ends the process. */
function shut(store: Store): void {
  for (const verbs of [store, store.records] as unknown as Record<string, unknown>[]) {
    for (const [name, verb] of Object.entries(verbs)) {
      if (typeof verb === "function" && name !== "close") {
        verbs[name] = () => Promise.reject(new Unavailable("The database is closed"));
      }
    }
  }
}

/**
 * Looks whether the file that was opened is still the one at its path. A file that was removed or replaced can be written
 * on for as long as it is open, and is gone with the process: what was acknowledged meanwhile would be lost.
 */
function fileAt(path: string): () => boolean {
  const opened = Deno.statSync(path);
  return () => {
    try {
      const { ino, dev } = Deno.statSync(path);
      return ino === opened.ino && dev === opened.dev;
    } catch {
      return false;
    }
  };
}

/** Copies a database that is about to change to a newer schema, beside it: `parlor.db.version-1`. */
async function snapshot(db: DatabaseSync, path: string, newest: number): Promise<void> {
  const version = versionOf(db);
  if (version > 0 && version < newest) await copyDatabase(db, `${path}.version-${version}`);
}
