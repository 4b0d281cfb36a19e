import { Collection, type RecordStore, stored } from "../collection.ts";
import type { PushAddress, PushStore } from "../push_store.ts";

/** `id`: SHA-256 of the endpoint in hex, since endpoints have no maximum length. */
export type StoredPush = PushAddress & { id: string };

/** An endpoint belongs to one admin: the last one to sign in there. */
export const pushAddresses = new Collection<StoredPush, "byEndpoint">({
  name: "pushes",
  schema: stored(),
  key: ({ username, id }) => [username, id],
  indexes: { byEndpoint: { key: ({ id }) => [id], isUnique: true } },
});

const mostOfOne = 20;

export function pushVerbs(store: RecordStore): PushStore {
  return {
    async savePush(push) {
      await pushAddresses.put(store, { ...push, id: await hashOf(push.endpoint) });
      for (const { username, id } of (await newest(store, push.username)).slice(mostOfOne)) {
        await pushAddresses.remove(store, [username, id]);
      }
    },
    async pushes(username) {
      return (await newest(store, username)).slice(0, mostOfOne).map(({ id: _, ...push }) => push);
    },
    async dropPush(username, endpoint) {
      await pushAddresses.remove(store, [username, await hashOf(endpoint)]);
    },
  };
}

async function newest(store: RecordStore, username: string): Promise<StoredPush[]> {
  const all = await Array.fromAsync(pushAddresses.all(store, username));
  return all.sort((a, b) => b.created - a.created || (a.endpoint < b.endpoint ? -1 : 1));
}

export async function hashOf(endpoint: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return new Uint8Array(hash).toHex();
}
