import { Unavailable } from "../errors.ts";

/**
 * Messages of writes that would fail again if retried. Matched by message: the engine throws a TypeError for
 * a locked or full database as well.
 */
const refused = /too large|too many|too deep|cannot be empty|could not be cloned|invalid key|unsupported/i;

/** Whether the engine failed, rather than rejected the data. */
export function isEngineError(error: unknown): boolean {
  return !(error instanceof Unavailable) && !(error instanceof RangeError) &&
    !(error instanceof Error && refused.test(error.message));
}

/** Whether another process held the file's lock; then nothing was written. */
export function isLocked(error: unknown): boolean {
  return error instanceof Unavailable && error.cause instanceof Error &&
    /database is locked/.test(error.cause.message);
}

/** Wraps an engine failure; its message becomes part of the error. */
export function unavailable(cause: unknown): Unavailable {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Unavailable(`Deno KV cannot be used now: ${why}`, { cause });
}
