import { DatabaseSync } from "node:sqlite";
import { CannotOpen } from "../errors.ts";
import { folderOf } from "../folder_of.ts";
import { checkDatabase, type Checked } from "./check.ts";
import { copyDatabase } from "./copy.ts";
import { fileSize } from "./file_size.ts";
import { lockDatabase } from "./lock.ts";

/**
 * Copies the database at `path`, in use or not, to the new file `to`, and checks the copy.
 * @throws {CannotOpen} if `to` exists, `path` does not, or the copy is damaged
 */
export async function backUp(path: string, to: string): Promise<Checked> {
  mustNotExist(to);
  const db = open(path);
  try {
    await copyDatabase(db, to);
  } finally {
    db.close();
  }
  return mustBeWhole(to);
}

/**
 * Copies a backup to `path`, where no database may exist, and sets a new epoch, so that clients reload what
 * they cached. Deletes all sessions, because the backup may contain sessions that were revoked after it was
 * made.
 * @throws {CannotOpen} if there is a database, the service runs on it, or the backup is damaged
 */
export async function restore(from: string, path: string): Promise<Checked> {
  mustNotExist(path);
  mustHoldNothing(`${path}-wal`);
  mustBeWhole(from);
  Deno.mkdirSync(folderOf(path), { recursive: true, mode: 0o700 });
  const lock = lockDatabase(path);
  const backup = open(from);
  try {
    await copyDatabase(backup, path, (copy) => {
      copy.exec("UPDATE meta SET value = lower(hex(randomblob(8))) WHERE name = 'epoch'");
      copy.prepare(`UPDATE records SET value = json_set(value, '$.ended', ?), version = 'restored'
        WHERE collection = 'sessions' AND value ->> 'ended' IS NULL`).run(Date.now());
    });
  } finally {
    backup.close();
    lock.release();
  }
  return mustBeWhole(path);
}

function open(path: string): DatabaseSync {
  try {
    Deno.statSync(path);
    return new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  } catch (cause) {
    throw new CannotOpen(`Cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function mustNotExist(path: string): void {
  if (fileSize(path) !== undefined) throw new CannotOpen(`${path} is there already. Move it away first`);
}

/** A WAL left by another database of this name would be applied to the restored one. */
function mustHoldNothing(wal: string): void {
  if (fileSize(wal)) throw new CannotOpen(`${wal} belongs to another database. Move it away with that one`);
}

function mustBeWhole(path: string): Checked {
  const checked = check(path);
  if (checked.problems.length === 0) return checked;
  throw new CannotOpen(`${path} is not whole:\n${checked.problems.join("\n")}`);
}

function check(path: string): Checked {
  try {
    return checkDatabase(path);
  } catch (cause) {
    throw new CannotOpen(`Cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
