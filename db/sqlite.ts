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
import { desk } from "./sqlite/desk/desk.ts";
import { fileSize } from "./sqlite/file_size.ts";
import { forgetting } from "./sqlite/forgetting.ts";
import { type Lock, lockDatabase } from "./sqlite/lock.ts";
import { merging } from "./sqlite/merging.ts";
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
import { ReplacedTexts } from "./sqlite/replaced_texts.ts";
import { reading } from "./sqlite/engine_errors.ts";
import { WriteQueue } from "./sqlite/write_queue.ts";
import type { Store } from "./store.ts";
import { copyDatabase } from "./sqlite/copy.ts";

/**
 * Opens the store in one file, for one process.
 * @throws {CannotOpen} if another process has it open, it is of a newer version, or it is not a usable
 * database
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
  /** The error of a full disk, if opening needed the reserved space. */
  fullDisk?: unknown;
}

/** Opens the file; if the disk is full, a second time after releasing the reserved space. */
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
  // The engine's error messages contain no user data.
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
  const replaced = new ReplacedTexts({ db, queue, onTrouble, unindex: (keys) => search.replace(keys) });
  replaced.wake();
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
    await replaced.close();
    await queue.close();
    await Promise.all([checkpoints.close(), search.close()]);
    memory.forgetAll();
    shut(store);
    db.close();
    lock.release();
  }
  // A different value each time: SQLite writes nothing to disk for an unchanged row.
  const touch = db.prepare(
    "INSERT INTO meta VALUES ('touched', '0') ON CONFLICT (name) DO UPDATE SET value = 1 - value",
  );
  const roomVerbs = rooms({ queue, memory, makeRoom });
  const store: Store = {
    epoch: db.prepare("SELECT value FROM meta WHERE name = 'epoch'").get()!.value as string,
    ...recordVerbs(records(db, queue, table), {
      ...{ ...erasure, ...profileWriter(db, queue, table), ...roomVerbs },
      ...merging({ db, queue, table }),
    }),
    ...roomVerbs,
    ...roomList({ db, memory, newest: newestMessages(db), deferredRows }),
    ...appends({ db, queue, makeRoom, keys, onEdit: () => replaced.wake() }),
    ...messagePages(db, memory),
    ...roomCounts(db, deferredRows),
    ...blocks(db, queue),
    ...desk({ db, queue, memory, table, deferredRows }),
    searchMessages: search.searchMessages,
    size: () => reading(() => (fileSize(path) ?? 0) + (fileSize(`${path}-wal`) ?? 0)),
    async ready() {
      await queue.write(() => {
        // Test an append and roll it back, then commit a small write.
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

/** Makes every verb reject. On Deno 2.5, using a statement after its database is closed ends the process. */
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
 * Returns a function that checks whether the opened file is still the one at its path. A removed or replaced
 * file stays writable while it is open and is gone when the process ends: messages acknowledged in the
 * meantime would be lost.
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

/** Copies a database beside it before a schema upgrade: `parlor.db.version-1`. */
async function snapshot(db: DatabaseSync, path: string, newest: number): Promise<void> {
  const version = versionOf(db);
  if (version > 0 && version < newest) await copyDatabase(db, `${path}.version-${version}`);
}
