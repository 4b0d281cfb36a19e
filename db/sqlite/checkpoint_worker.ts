import { DatabaseSync } from "node:sqlite";
import { giveUpReserve, keepReserve, keepReserveAgain } from "./reserve.ts";
import type { CheckpointReply, CheckpointRequest } from "./checkpoint_thread.ts";

// A checkpoint waits for the disk twice. Here, in a thread and on a connection of its own, nobody waits along.
const thread = globalThis as unknown as {
  onmessage: (event: MessageEvent<CheckpointRequest>) => void;
  postMessage(reply: CheckpointReply): void;
};

/**
 * Milliseconds that it waits for another program's lock, or for who is reading; meanwhile the writes may be waiting for it.
 * While somebody searches without end they would wait as long four times a second: unless the WAL has become very long,
 * the next time will do.
 */
const timeout = 100, timeoutOfRestart = 10;
/** Pages of 4 KiB, so 128 MiB. */
const veryLongWal = 32_768;
let db: DatabaseSync | undefined, isReserved = false, frames = 0;

thread.onmessage = ({ data }) => {
  try {
    thread.postMessage(data.mode === "close" ? close() : checkpoint(data));
  } catch (error) {
    thread.postMessage({ failed: String(error) });
  }
};

function checkpoint({ path, mode }: CheckpointRequest): CheckpointReply {
  db ??= new DatabaseSync(path, { timeout });
  // Deno 2.5 knows no such option and waits for 5 s.
  const isPatient = mode !== "RESTART" || frames > veryLongWal;
  db.exec(`PRAGMA busy_timeout = ${isPatient ? timeout : timeoutOfRestart}`);
  db.exec("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
  if (mode === "TRUNCATE") giveUpReserve(path);
  const { log, checkpointed } = db.prepare(`PRAGMA wal_checkpoint(${mode})`).get() as {
    log: number;
    checkpointed: number;
  };
  const left = log - checkpointed;
  frames = log;
  if (mode === "TRUNCATE") return { frames: log, left, hasRoom: left === 0 && keepReserveAgain(path) };
  if (!isReserved) keepReserve(path);
  isReserved = true;
  return { frames: log, left };
}

function close(): CheckpointReply {
  db?.close();
  return { frames: 0, left: 0 };
}
