import { CannotOpen } from "../errors.ts";
import { codeOf, isLost, isSqlState } from "./engine_errors.ts";

/** What the operator can do about an error at startup, by SQLSTATE. */
const reasons: Record<string, string> = {
  "28P01": "it refuses the user or the password",
  "28000": "it refuses the user, or a connection from here",
  "3D000": "there is no such database",
  "42501": "the user may not create the schema or its tables",
  "53300": "it has no free connection; lower ?max= or raise its max_connections",
  "57P03": "it is starting or stopping; try again in a moment",
  "25006": "it is a read-only standby; name the primary",
};

/**
 * Converts an error at startup to `CannotOpen` with a reason; other errors are returned unchanged. The
 * message contains the server's text, never the URL.
 */
export function refusal(error: unknown, shown: string): unknown {
  if (error instanceof CannotOpen || error instanceof Deno.errors.NotCapable) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  const reason = reasons[code] ?? (isLost(error) ? `no answer (${code})` : undefined);
  const said = isSqlState(code) || reason === undefined ? (error as Error).message : undefined;
  const why = [reason, said && `it says "${said}"`].filter(Boolean).join("; ");
  return new CannotOpen(`DATABASE_URL: cannot use PostgreSQL at ${shown}: ${why}`, { cause: error });
}
