import { Unavailable } from "../errors.ts";

/**
 * A driver's or server's error: letters of the system, or five characters of SQLSTATE. Deno 2.5 hands on what fails
 * below TLS under the name of its own error, without a code.
 */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, name } = error as { code?: unknown; name: string };
  if (typeof code === "string") return code;
  return Object.hasOwn(Deno.errors, name) && name !== "NotCapable" ? name : undefined;
}

/** No class of them begins with E; a few of the system's own words, such as EPIPE, are as long. */
export const isSqlState = (code: string) => /^(?!E)[0-9A-Z]{5}$/.test(code);

/** Whether the engine or the way to it failed, rather than refused what was asked. */
export function isEngineError(error: unknown): boolean {
  const code = codeOf(error);
  // 22, 23, 42, 54: what was written is wrong or too much, and would be again.
  return code !== undefined && !(isSqlState(code) && /^(22|23|42|54)/.test(code));
}

/** Whether the connection is gone, or the server has said that it goes. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (!isSqlState(code) || /^(08|57P0)/.test(code));
}

export function unavailable(cause: unknown): Unavailable {
  return new Unavailable(`PostgreSQL cannot be used now (${codeOf(cause) ?? "no answer"})`, { cause });
}
