import { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "../errors.ts";

/** Held until released or until the process is gone, however it went: the kernel lets go of it. */
export interface Lock {
  release(): void;
}

/**
 * Makes this process the only Parlor on the database: it keeps heads of rooms in memory, which two would disagree on.
 * The lock's file stays; removing it would let two processes lock two files of the same name.
 * @throws {CannotOpen} if another process holds it
 */
export function lockDatabase(path: string): Lock {
  const lock = "tryLockSync" in Deno.FsFile.prototype
    ? lockFile(`${path}.lock`)
    : lockByEngine(`${path}.lock`);
  if (lock) return lock;
  throw new CannotOpen(
    `Cannot open ${path}: another Parlor process has it open. Stop that one first, or give this one a DATABASE_URL of its own`,
  );
}

function lockFile(path: string): Lock | undefined {
  const file = Deno.openSync(path, { create: true, read: true, write: true });
  if (file.tryLockSync(true)) return { release: () => file.close() };
  file.close();
}

/** For a runtime without file locks: an exclusive transaction on an empty database is a lock on its file. */
function lockByEngine(path: string): Lock | undefined {
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    return { release: () => db.close() };
  } catch {
    db.close();
  }
}
