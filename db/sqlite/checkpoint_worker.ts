import { DatabaseSync } from "node:sqlite";
import { giveUpReserve, keepReserve, keepReserveAgain } from "./reserve.ts";
import type { CheckpointReply, CheckpointRequest } from "./checkpoint_thread.ts";

// A checkpoint flushes to disk twice. It runs in a Worker with its own connection, so it does not block the
// event loop.
const thread = globalThis as unknown as {
  onmessage: (event: MessageEvent<CheckpointRequest>) => void;
  postMessage(reply: CheckpointReply): void;
};

/**
 * Lock timeouts in milliseconds: other programs and readers hold locks, and writes may be paused meanwhile.
 * RESTART has the short one: under continuous searches it would otherwise delay writes by 100 ms four times a
 * second. A RESTART that times out is retried; only a very long WAL is worth the long timeout.
 */
const timeout = 100, timeoutOfRestart = 10;
/** Pages of 4 KiB: 128 MiB. */
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
  // Set by PRAGMA: Deno 2.5 ignores the `timeout` option and would wait for 5 s.
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
