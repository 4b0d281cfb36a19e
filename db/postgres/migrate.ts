import { CannotOpen } from "../errors.ts";
import type { Migration } from "../migrations/migration.ts";
import type { Address } from "./address.ts";
import type { Sql } from "./connect.ts";
import { type Transaction, transaction } from "./transaction.ts";

/** Advisory lock of migrations, shared by all Parlor schemas of a server. */
const lockNumber = 7_262_910_401;

/**
 * Migrates the schema to the newest version, in one transaction under a lock: if several processes start at
 * once, one migrates and the others find it done.
 * @throws {CannotOpen} if the schema is newer than this Parlor, or not Parlor's
 */
export async function migrate(
  sql: Sql,
  address: Address,
  migrations: readonly Migration[],
): Promise<void> {
  await transaction(sql, async (sql) => {
    await sql.unsafe("SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = 0");
    await sql`SELECT pg_advisory_xact_lock(${lockNumber})`;
    const version = await versionOf(sql, address);
    if (version > migrations.length) {
      throw new CannotOpen(
        `DATABASE_URL: the schema "${address.schema}" at ${address.shown} is version ${version}, of a newer Parlor; ` +
          `this one knows ${migrations.length}`,
      );
    }
    for (const migration of migrations.slice(version)) await sql.unsafe(migration.sql);
    if (version < migrations.length) await sql`UPDATE meta SET version = ${migrations.length}`;
  });
}

/** Schema version; 0 for a schema that was just created. */
async function versionOf(sql: Transaction, { schema, shown }: Address): Promise<number> {
  const [there] = await sql`
    SELECT to_regnamespace(${schema}) IS NOT NULL AS schema, to_regclass(${
    schema + ".meta"
  }) IS NOT NULL AS meta,
      EXISTS (SELECT FROM pg_tables WHERE schemaname = ${schema}) AS tables`;
  if (there!.meta) return (await sql`SELECT version FROM meta`)[0]!.version as number;
  if (there!.tables) {
    throw new CannotOpen(
      `DATABASE_URL: the schema "${schema}" at ${shown} holds tables, but not Parlor's; ?search_path= names another`,
    );
  }
  if (!there!.schema) await sql.unsafe(`CREATE SCHEMA ${schema}`);
  await sql.unsafe(`
    CREATE TABLE meta (epoch text NOT NULL, version integer NOT NULL, touched integer NOT NULL);
    INSERT INTO meta VALUES (left(replace(gen_random_uuid()::text, '-', ''), 16), 0, 0)`);
  return 0;
}
