import { Unavailable } from "../errors.ts";

/** Whether the engine failed, rather than refused what was written: it refuses with the language's own errors. */
export function isTrouble(error: unknown): boolean {
  if (error instanceof Unavailable) return false;
  return !(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError);
}

export function unavailable(cause: unknown): Unavailable {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Unavailable(`Deno KV cannot be used now: ${why}`, { cause });
}
