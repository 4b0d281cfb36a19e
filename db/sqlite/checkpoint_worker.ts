import { DatabaseSync } from "node:sqlite";
import { giveUpReserve, keepReserve, keepReserveAgain } from "./reserve.ts";
import type { CheckpointReply, CheckpointRequest } from "./checkpoint_thread.ts";

// A checkpoint waits for the disk twice. Here, in a thread and on a connection of its own, nobody waits along.
const thread = globalThis as unknown as {
  onmessage: (event: MessageEvent<CheckpointRequest>) => void;
  postMessage(reply: CheckpointReply): void;
};

/** Milliseconds that it waits for another program's lock; meanwhile the writes may be waiting for it. */
const timeout = 100;
let db: DatabaseSync | undefined, isReserved = false;

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
  db.exec(`PRAGMA busy_timeout = ${timeout}`);
  db.exec("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
  if (mode === "TRUNCATE") giveUpReserve(path);
  const { log, checkpointed } = db.prepare(`PRAGMA wal_checkpoint(${mode})`).get() as {
    log: number;
    checkpointed: number;
  };
  const left = log - checkpointed;
  if (mode === "TRUNCATE") return { frames: log, left, hasRoom: left === 0 && keepReserveAgain(path) };
  if (!isReserved) keepReserve(path);
  isReserved = true;
  return { frames: log, left };
}

function close(): CheckpointReply {
  db?.close();
  return { frames: 0, left: 0 };
}
