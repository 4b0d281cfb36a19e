import { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "../errors.ts";
import { keepPrivate } from "../private_file.ts";
import { isBusy } from "./engine_errors.ts";

/** Held until released or until the process is gone, however it went: then the kernel lets go of it. */
export interface Lock {
  release(): void;
}

/**
 * Makes this process the only Parlor on the database: it keeps heads of rooms in memory, which two would disagree on.
 * The lock's file stays when released; were it removed, two processes could lock two files of the same name.
 * @throws {CannotOpen} if another process holds it
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

/** For a runtime without that call: an exclusive transaction on an empty database is a lock on its file. */
function lockByEngine(path: string): Lock {
  keepPrivate(path);
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    // Deno 2.5 does not know the option and would wait for 5 s.
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
