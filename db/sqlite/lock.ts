import { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "../errors.ts";
import { keepPrivate } from "../private_file.ts";
import { isBusy } from "./engine_errors.ts";

/** Held until released or until the process ends; the kernel releases it after a crash as well. */
export interface Lock {
  release(): void;
}

/**
 * Ensures that only one Parlor process uses the database: the process caches room state, which a second
 * writer would make stale. Releasing does not delete the lock file; otherwise two processes could lock two
 * files of the same name.
 * @throws {CannotOpen} if another process holds the lock
 */
export function lockDatabase(path: string): Lock {
  return "tryLockSync" in Deno.FsFile.prototype ? lockFile(`${path}.lock`) : lockByEngine(`${path}.lock-db`);
}

function lockFile(path: string): Lock {
  keepPrivate(path);
  const file = Deno.openSync(path, { create: true, read: true, write: true });
  if (!file.tryLockSync(true)) {
    file.close();
    throw inUse(`process ${Deno.readTextFileSync(path).trim()}`);
  }
  file.truncateSync();
  file.writeSync(new TextEncoder().encode(`${Deno.pid}\n`));
  return { release: () => file.close() };
}

/**
 * Fallback for runtimes without `tryLockSync`: an exclusive transaction on an empty database locks its file.
 */
function lockByEngine(path: string): Lock {
  keepPrivate(path);
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    // Set by PRAGMA: Deno 2.5 ignores the `timeout` option and would wait for 5 s.
    db.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    return { release: () => db.close() };
  } catch (error) {
    db.close();
    throw isBusy(error) ? inUse("another process") : error;
  }
}

function inUse(holder: string): CannotOpen {
  return new CannotOpen(
    `${holder} has it open, and only one may. Stop that one first, or give this one a DATABASE_URL of its own`,
  );
}
