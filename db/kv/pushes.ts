import type { PushAddress, PushStore } from "../push_store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";

const mostOfOne = 20;

export function pushes(engine: Engine): PushStore {
  return {
    savePush: (push) => engine.turns.take("pushes", () => savePush(engine, push)),
    pushes: (username) => pushesOf(engine, username),
    async dropPush(username, endpoint) {
      const hash = await hashOf(endpoint);
      const there = await engine.get<PushAddress>(keys.push(hash));
      if (there.value?.username !== username) return;
      await engine.change({ checks: [there], deletes: [keys.push(hash), keys.pushOf(username, hash)] });
    },
  };
}

async function savePush(engine: Engine, push: PushAddress): Promise<void> {
  const hash = await hashOf(push.endpoint);
  const before = (await engine.get<PushAddress>(keys.push(hash))).value;
  await engine.change({
    deletes: before && before.username !== push.username ? [keys.pushOf(before.username, hash)] : [],
    sets: [{ key: keys.push(hash), value: push }, { key: keys.pushOf(push.username, hash), value: true }],
  });
  for (const { username, endpoint } of (await pushesOf(engine, push.username)).slice(mostOfOne)) {
    const old = await hashOf(endpoint);
    await engine.change({ deletes: [keys.push(old), keys.pushOf(username, old)] });
  }
}

/** Newest first. */
export async function pushesOf(engine: Engine, username: string): Promise<PushAddress[]> {
  const list = await engine.list({ prefix: keys.pushesOf(username) }, { limit: 2 * mostOfOne });
  const found = await engine.getMany<PushAddress>(list.map(({ key }) => keys.push(key.at(-1) as string)));
  const own = found.flatMap(({ value }) => value?.username === username ? [value] : []);
  return own.sort((a, b) => b.created - a.created || (a.endpoint < b.endpoint ? -1 : 1));
}

async function hashOf(endpoint: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
