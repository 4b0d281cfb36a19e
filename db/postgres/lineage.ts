import { CannotOpen } from "../errors.ts";
import type { Sql } from "./connect.ts";
import { codeOf, isEngineError } from "./engine_errors.ts";

/** SQLSTATE of a standby, which has no timeline of its own yet. */
const inRecovery = "55000";

/**
 * Returns the epoch. If the server has another history than the last writer's (a promoted standby, a restored
 * dump or backup), acknowledged messages may be missing; then the first process to open it sets a new epoch.
 * @throws {CannotOpen} for a read-only standby
 */
export async function epochNow(sql: Sql, shown: string): Promise<string> {
  const lineage = await lineageOf(sql, shown);
  if (lineage !== undefined) {
    await sql`
      UPDATE meta SET lineage = ${lineage}, epoch = CASE WHEN lineage IS NULL THEN epoch
        ELSE left(replace(gen_random_uuid()::text, '-', ''), 16) END
      WHERE lineage IS DISTINCT FROM ${lineage}`;
  }
  return (await sql`SELECT epoch FROM meta`)[0]!.epoch as string;
}

/**
 * System identifier and timeline; undefined where a hosted PostgreSQL does not expose them. A promotion or a
 * restore starts a new timeline.
 */
async function lineageOf(sql: Sql, shown: string): Promise<string | undefined> {
  try {
    const [row] = await sql`SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' ||
      left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) AS lineage`;
    return row!.lineage as string;
  } catch (error) {
    if (codeOf(error) === inRecovery) {
      throw new CannotOpen(`DATABASE_URL: ${shown} is a read-only standby; name the primary`);
    }
    // The function does not exist, or this user may not call it.
    if (/^(42|0A)/.test(codeOf(error) ?? "")) return undefined;
    if (isEngineError(error)) throw error;
    return undefined;
  }
}
