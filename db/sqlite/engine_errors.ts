import { Unavailable } from "../errors.ts";

// Matched by message: the runtime does not expose SQLite's error number.
const refusals = /constraint failed|datatype mismatch|^cannot store|too big/;

/** Whether another connection holds the file's lock. */
export function isBusy(error: unknown): boolean {
  return messageOf(error, "ERR_SQLITE_ERROR")?.includes("database is locked") ?? false;
}

/** Whether the disk or the database is full. */
export function isFull(error: unknown): boolean {
  return /database or disk is full/.test(error instanceof Error ? error.message : "");
}

/** Whether the engine failed (full disk, lock, I/O error, closed database), rather than rejected the data. */
export function isEngineError(error: unknown): boolean {
  if (messageOf(error, "ERR_INVALID_STATE") !== undefined) return true;
  const message = messageOf(error, "ERR_SQLITE_ERROR");
  return message !== undefined && !refusals.test(message);
}

function messageOf(error: unknown, code: string): string | undefined {
  return error instanceof Error && (error as { code?: string }).code === code ? error.message : undefined;
}

/** Runs a read. @throws {Unavailable} if the engine fails */
// deno-lint-ignore require-await -- so that whatever it throws is a rejection
export async function reading<T>(read: () => T): Promise<T> {
  try {
    return read();
  } catch (error) {
    throw isEngineError(error) ? unavailable(error) : error;
  }
}

/** Wraps an engine failure; its message becomes part of the error. */
export function unavailable(cause: unknown): Unavailable {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Unavailable(`The database cannot be used now: ${why}`, { cause });
}
