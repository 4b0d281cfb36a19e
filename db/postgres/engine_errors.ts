import { Unavailable } from "../errors.ts";

/**
 * Code of a driver's or server's error: a system error name, or an SQLSTATE of five characters. On Deno 2.5
 * errors below TLS have a `Deno.errors` name and no code.
 */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, name } = error as { code?: unknown; name: string };
  if (typeof code === "string") return code;
  return Object.hasOwn(Deno.errors, name) && name !== "NotCapable" ? name : undefined;
}

/** No SQLSTATE class begins with E; some system error names, such as EPIPE, also have five characters. */
export const isSqlState = (code: string) => /^(?!E)[0-9A-Z]{5}$/.test(code);

/** Whether the server or the connection failed, rather than the request was rejected. */
export function isEngineError(error: unknown): boolean {
  const code = codeOf(error);
  // Classes 22, 23, 42, 54: the data or the statement is at fault, a retry would fail again.
  return code !== undefined && !(isSqlState(code) && /^(22|23|42|54)/.test(code));
}

/** Whether the connection is lost or the server is shutting down. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (!isSqlState(code) || /^(08|57P0)/.test(code));
}

/** Wraps an engine failure. The message contains only its code: the driver's text may contain the address. */
export function unavailable(cause: unknown): Unavailable {
  return new Unavailable(`PostgreSQL cannot be used now (${codeOf(cause) ?? "no answer"})`, { cause });
}
