import { DatabaseSync } from "node:sqlite";
import type { Census, Claim } from "../store_reader.ts";
import { withoutNulls } from "../sqlite/nulls.ts";
import type { RoomKey, Session } from "../store.ts";

// deno-lint-ignore require-await -- like with every engine, what is wrong is a rejection
export async function openSqliteCensus(path: string): Promise<Census> {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 1_000 });
  async function* all<T>(sql: string): AsyncIterable<T> {
    for (const row of db.prepare(sql).all()) yield withoutNulls<T>(row);
  }
  return {
    async *usernames() {
      const live = "SELECT username FROM accounts WHERE deleted IS NULL ORDER BY username";
      for await (const { username } of all<{ username: string }>(live)) yield username;
    },
    reservedNames: () =>
      all("SELECT username, deleted FROM accounts WHERE deleted IS NOT NULL ORDER BY username"),
    sessions: () => all<Session>("SELECT * FROM sessions ORDER BY jti"),
    claims: () => all<Claim>("SELECT * FROM claims ORDER BY admin, consumer"),
    visitors: () => all<RoomKey>("SELECT admin, consumer FROM visitors ORDER BY admin, consumer"),
    kept: () => all<{ name: string; value: string }>("SELECT name, value FROM kept ORDER BY name"),
    close: () => Promise.resolve(db.close()),
  };
}
