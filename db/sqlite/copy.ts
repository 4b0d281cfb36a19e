import { backup, DatabaseSync } from "node:sqlite";
import { keepPrivate } from "../private_file.ts";

/** All pages in one step: a copy in several steps restarts after each write between them. */
const everyPage = 2 ** 31 - 1;

/**
 * Copies a snapshot of a database that may be in use into a single file. The file gets its name once it is
 * complete and flushed. `change` may modify the copy before that.
 */
export async function copyDatabase(
  db: DatabaseSync,
  to: string,
  change: (copy: DatabaseSync) => void = () => {},
): Promise<void> {
  const part = `${to}.part`;
  remove(part);
  try {
    keepPrivate(part);
    await backup(db, part, { rate: everyPage });
    const copy = new DatabaseSync(part);
    try {
      copy.exec("PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE");
      change(copy);
    } finally {
      copy.close();
    }
    using file = Deno.openSync(part, { read: true, write: true });
    file.syncSync();
    Deno.renameSync(part, to);
  } catch (error) {
    remove(part);
    throw error;
  }
}

function remove(part: string): void {
  for (const path of [part, `${part}-journal`]) {
    try {
      Deno.removeSync(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}
