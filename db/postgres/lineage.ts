import { CannotOpen } from "../errors.ts";
import type { Sql } from "./connect.ts";
import { codeOf, isEngineError } from "./engine_errors.ts";

/** The server is a standby, which has no history of its own yet. */
const inRecovery = "55000";

/**
 * Answers the epoch. A server of another history than the one that wrote last (a promoted standby, a restored dump or
 * backup) may lack what was acknowledged: there the epoch is changed first, once, by whoever comes first.
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

/** Cluster and timeline; nothing where a host's PostgreSQL does not say. A promotion and a restore begin a new timeline. */
async function lineageOf(sql: Sql, shown: string): Promise<string | undefined> {
  try {
    const [row] = await sql`SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' ||
      left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) AS lineage`;
    return row!.lineage as string;
  } catch (error) {
    if (codeOf(error) === inRecovery) {
      throw new CannotOpen(`DATABASE_URL: ${shown} is a read-only standby; name the primary`);
    }
    // No such function, or not for us.
    if (/^(42|0A)/.test(codeOf(error) ?? "")) return undefined;
    if (isEngineError(error)) throw error;
    return undefined;
  }
}
