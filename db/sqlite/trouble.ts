import { Unavailable } from "../errors.ts";

interface SqliteError extends Error {
  code: "ERR_SQLITE_ERROR";
}

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && (error as Partial<SqliteError>).code === "ERR_SQLITE_ERROR";
}

/** Whether somebody else holds the file's lock at this moment. */
export function isBusy(error: unknown): boolean {
  return isSqliteError(error) && /database (table )?is locked/.test(error.message);
}

/** Whether the engine failed (a full disk, a lock, an I/O error), rather than refused what was written. */
export function isTrouble(error: unknown): boolean {
  // The runtime hands on SQLite's message alone, no number.
  return isSqliteError(error) && !/constraint failed|datatype mismatch|too big/.test(error.message);
}

/** Runs a read. @throws {Unavailable} in place of an engine's failure */
// deno-lint-ignore require-await -- so that whatever it throws is a rejection
export async function reading<T>(read: () => T): Promise<T> {
  try {
    return read();
  } catch (error) {
    throw isTrouble(error) ? unavailable(error) : error;
  }
}

export function unavailable(cause: unknown): Unavailable {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Unavailable(`The database cannot be used now: ${why}`, { cause });
}
