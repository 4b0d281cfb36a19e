import type { RoomKey, RoomRecord, Store } from "../store.ts";
import type { StoredMessage } from "../stored_message.ts";
import { type AccountEntry, isAccount } from "./accounts.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { roomEntries } from "./room_entries.ts";
import type { RoomQueue } from "./room_queue.ts";
import { update } from "./update.ts";
import { wordKeys } from "./word_index.ts";

/** Entries that are read, to be removed, at once; and rooms that are emptied at once. */
const atOnce = 500, roomsAtOnce = 16;
/** How often an account's rooms are gone through while somebody goes on making some. */
const mostPasses = 4;

/**
 * A room goes in two steps: its entry in one change, from which on nobody sees any of it, then all that is under its
 * id. What a crash leaves over between them is removed at the next start.
 */
export function forgetting(
  engine: Engine,
  queue: RoomQueue,
): Pick<Store, "forgetVisitor" | "forgetAccount" | "releaseName"> & { finish(): Promise<void> } {
  async function finish(): Promise<void> {
    for (const { key, value } of await engine.list<string>({ prefix: keys.dooms }, { limit: atOnce })) {
      await emptyRoom(engine, { admin: value, id: key.at(-1) as string });
    }
  }

  async function forgetVisitor(key: RoomKey): Promise<boolean> {
    const { found, room } = await queue.change(key, () => dropVisitor(engine, key));
    if (room) await emptyRoom(engine, room);
    return found;
  }

  /** Forgets all visitors of an admin; answers whether there were any. */
  async function forgetVisitors(admin: string): Promise<boolean> {
    let found = false;
    for await (const some of consumersOf(engine, admin)) {
      found = true;
      const forgetNext = async () => {
        for (let consumer; (consumer = some.pop()) !== undefined;) await forgetVisitor({ admin, consumer });
      };
      await Promise.all(Array.from({ length: roomsAtOnce }, forgetNext));
    }
    return found;
  }

  return {
    finish,
    forgetVisitor,
    async forgetAccount(username, at = Date.now()) {
      await forgetAll(username);
      await update<AccountEntry>(
        engine,
        keys.account(username),
        (there) => isAccount(there) ? { username, deleted: at } : undefined,
      );
    },
    async releaseName(username) {
      const there = await engine.get<AccountEntry>(keys.account(username));
      if (there.value === null || isAccount(there.value)) return false;
      await forgetAll(username);
      await engine.change({ checks: [there], deletes: [there.key] });
      return true;
    },
  };

  /** Removes all that is written under a name. */
  async function forgetAll(username: string): Promise<void> {
    for (let pass = 0; pass < mostPasses && await forgetVisitors(username); pass++);
    await dropAllOf(engine, username);
    await finish();
  }
}

async function dropVisitor(engine: Engine, { admin, consumer }: RoomKey) {
  const known = [keys.room(admin, consumer), keys.visitor(admin, consumer), keys.claim(admin, consumer)];
  const entries = await engine.getMany<unknown>(known);
  const found = entries.some(({ value }) => value !== null);
  const room = (entries[0]!.value ?? undefined) as RoomRecord | undefined;
  const { deletes = [], sums } = room ? roomEntries(room, undefined) : {};
  const sets = room ? [{ key: keys.doomed(room.id), value: admin }] : [];
  const isDone = await engine.change({ checks: entries, sets, deletes: [...deletes, ...known], sums });
  return isDone ? { answer: { found, room } } : undefined;
}

/** Consumers of an admin of whom there is a room, a fact or a claim, some at a time. None is looked for twice in one place. */
async function* consumersOf(engine: Engine, admin: string): AsyncIterable<string[]> {
  for (const prefix of [keys.roomsOf(admin), keys.visitorsOf(admin), keys.claimsOf(admin)]) {
    let after: string | undefined;
    do {
      const start = after === undefined ? {} : { start: [...prefix, after + "\0"] };
      const names = (await engine.list({ prefix, ...start }, { limit: atOnce })).map(({ key }) =>
        key.at(-1) as string
      );
      after = names.at(-1);
      if (names.length > 0) yield names;
    } while (after !== undefined);
  }
}

/** Removes what is under the id of a room that is gone. */
async function emptyRoom(engine: Engine, { admin, id }: Pick<RoomRecord, "admin" | "id">): Promise<void> {
  for (let isEmpty = false; !isEmpty;) {
    const [messages = [], ...others] = await Promise.all(
      [keys.messages(id), keys.sents(id), keys.attempts(id)].map((prefix) =>
        engine.list<StoredMessage>({ prefix }, { limit: atOnce })
      ),
    );
    isEmpty = [messages, ...others].every(({ length }) => length < atOnce);
    // Words first: they are found by way of the messages.
    const words = messages.flatMap((entry) => wordKeys(admin, entry));
    const entries = [...messages, ...others.flat()].map(({ key }) => key);
    await engine.remove([...words, ...entries, ...isEmpty ? [keys.doomed(id)] : []]);
  }
}

async function dropAllOf(engine: Engine, username: string): Promise<void> {
  for (const [of, one] of [[keys.sessionsOf, keys.session], [keys.pushesOf, keys.push]] as const) {
    for (let some; (some = await engine.list({ prefix: of(username) }, { limit: atOnce })).length > 0;) {
      await engine.remove(some.flatMap(({ key }) => [one(key.at(-1) as string), key]));
    }
  }
  await engine.remove([keys.chatbot(username)]);
  await dropCounts(engine, username);
}

/** Removes an account's counters where they have come to nothing. Others count rooms that were made in this moment. */
async function dropCounts(engine: Engine, username: string): Promise<void> {
  const counters = (["open", "resolved", "unread"] as const).map((of) => keys.count(username, of));
  const checks = await engine.getMany<Deno.KvU64>(counters);
  if (checks.some(({ value }) => value && value.value !== 0n)) return;
  await engine.change({ checks, deletes: counters });
}
