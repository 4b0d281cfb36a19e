import type { Census, Claim } from "../store_reader.ts";
import { type AccountEntry, isAccount } from "../kv/accounts.ts";
import { openEngine } from "../kv/open.ts";
import type { RoomKey, Session } from "../store.ts";

export async function openKvCensus(path: string): Promise<Census> {
  const { engine } = await openEngine(path);

  async function* all<T>(kind: string): AsyncIterable<Deno.KvEntry<T>> {
    yield* engine.kv.list<T>({ prefix: [kind] }, { batchSize: 500 });
  }
  async function* values<T>(kind: string): AsyncIterable<T> {
    for await (const { value } of all<T>(kind)) yield value;
  }
  const roomKey = (key: Deno.KvKey): RoomKey => ({ admin: key[1] as string, consumer: key[2] as string });

  return {
    async *usernames() {
      for await (const entry of values<AccountEntry>("account")) if (isAccount(entry)) yield entry.username;
    },
    async *reservedNames() {
      for await (const entry of values<AccountEntry>("account")) if (!isAccount(entry)) yield entry;
    },
    sessions: () => values<Session>("session"),
    async *claims() {
      for await (const { key, value } of all<Omit<Claim, keyof RoomKey>>("claim")) {
        yield { ...roomKey(key), ...value };
      }
    },
    async *visitors() {
      for await (const { key } of all("visitor")) yield roomKey(key);
    },
    async *kept() {
      for await (const { key, value } of all<string>("kept")) yield { name: key[1] as string, value };
    },
    close: () => Promise.resolve(engine.close()),
  };
}
