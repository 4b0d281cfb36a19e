import type { Census, Claim } from "../store_reader.ts";
import { readAddress } from "../postgres/address.ts";
import { Link } from "../postgres/link.ts";
import { withoutNulls } from "../sqlite/nulls.ts";
import type { RoomKey, Session } from "../store.ts";

const atOnce = 1_000;

/** Every table in the order of its key, a page at a time. */
export async function openPostgresCensus(place: string): Promise<Census> {
  const link = await Link.open({ ...readAddress(place), connections: 1 });

  async function* all<T>(columns: string, from: string, key: string[]): AsyncIterable<T> {
    const names = key.join(", "), marks = key.map((_, i) => `$${i + 1}`).join(", ");
    for (let after: string[] = key.map(() => ""), isFirst = true;; isFirst = false) {
      const where = isFirst ? "" : `WHERE (${names}) > (${marks})`;
      const rows = await link.read((sql) =>
        sql.unsafe(
          `SELECT ${columns} FROM ${from} ${where} ORDER BY ${names} LIMIT ${atOnce}`,
          isFirst ? [] : after,
        )
      );
      for (const row of rows) yield withoutNulls<T>(row);
      if (rows.length < atOnce) return;
      after = key.map((name) => rows.at(-1)![name]);
    }
  }

  const accounts = () =>
    all<{ username: string; deleted?: number }>("username, deleted", "accounts", ["username"]);

  return {
    async *usernames() {
      for await (const { username, deleted } of accounts()) if (deleted === undefined) yield username;
    },
    async *reservedNames() {
      for await (const { username, deleted } of accounts()) {
        if (deleted !== undefined) yield { username, deleted };
      }
    },
    sessions: () =>
      all<Session>("jti, username, created, expires, agent, address, ended", "sessions", ["jti"]),
    claims: () => all<Claim>("admin, consumer, owner, claimed", "claims", ["admin", "consumer"]),
    visitors: () => all<RoomKey>("admin, consumer", "visitors", ["admin", "consumer"]),
    kept: () => all<{ name: string; value: string }>("name, value", "kept", ["name"]),
    close: () => link.close(),
  };
}
