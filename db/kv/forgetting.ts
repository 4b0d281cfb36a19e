import type { RoomErasure } from "../collections/erasure.ts";
import { checkCommit, type RecordName } from "../records.ts";
import type { RoomKey, RoomRecord } from "../store.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Engine } from "./engine.ts";
import { counters, keys } from "./keys.ts";
import { commitOnce, recordAt } from "./records.ts";
import { roomEntries } from "./room_entries.ts";
import type { RoomQueue } from "./room_queue.ts";
import { wordKeys } from "./word_index.ts";

/** Entries deleted per step, and rooms deleted concurrently. */
const atOnce = 500, roomsAtOnce = 16;
/** Passes over an account's rooms, since new rooms may be created during the deletion. */
const mostPasses = 4;
/** Loads of agents deleted at once: the engine accepts 100 checks. */
const maxLoads = 90;

/**
 * Deletes a room in two steps: first its entry in one change, which makes it invisible, then everything
 * stored under its id. Entries left by a crash are deleted at the next start.
 */
export function forgetting(
  engine: Engine,
  queue: RoomQueue,
): RoomErasure & { finish(): Promise<void> } {
  async function finish(): Promise<void> {
    for (
      const { key, value } of await engine.list<string>({ prefix: keys.pendingDeletions }, { limit: atOnce })
    ) {
      await emptyRoom(engine, { admin: value, id: key.at(-1) as string });
    }
  }

  async function removeRoom(key: RoomKey, names: RecordName[]): Promise<boolean> {
    const room = await queue.change(key, () => dropRoom(engine, key, names));
    if (room) await emptyRoom(engine, room);
    return room !== undefined;
  }

  /** Deletes the rooms of an admin; returns whether there were any. */
  async function removeAll(admin: string): Promise<boolean> {
    let found = false;
    for await (const some of consumersOf(engine, admin)) {
      found = true;
      const removeNext = async () => {
        for (let consumer; (consumer = some.pop()) !== undefined;) await removeRoom({ admin, consumer }, []);
      };
      await Promise.all(Array.from({ length: roomsAtOnce }, removeNext));
    }
    return found;
  }

  return {
    finish,
    removeRoom,
    async removeRooms(admin, last) {
      for (let pass = 0; pass < mostPasses && await removeAll(admin); pass++);
      await dropCounts(engine, admin);
      await finish();
      return await commitOnce(engine, checkCommit(last));
    },
  };
}

async function dropRoom(engine: Engine, { admin, consumer }: RoomKey, names: RecordName[]) {
  const entry = await engine.get<RoomRecord>(keys.room(admin, consumer));
  const room = entry.value ?? undefined;
  const { deletes = [], sums } = room ? roomEntries(room, undefined) : {};
  const sets = room ? [{ key: keys.pendingDeletion(room.id), value: admin }] : [];
  const records = names.map(({ collection, key }) => recordAt(collection, key));
  const isDone = await engine.change({ checks: [entry], sets, deletes: [...deletes, ...records], sums });
  return isDone ? { answer: room } : undefined;
}

/**
 * Consumers of an admin's rooms, in batches. Each batch starts after the last key, so that no deleted entry
 * is scanned twice.
 */
async function* consumersOf(engine: Engine, admin: string): AsyncIterable<string[]> {
  const prefix = keys.roomsOf(admin);
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

/** Deletes everything stored under the id of a deleted room. */
async function emptyRoom(engine: Engine, { admin, id }: Pick<RoomRecord, "admin" | "id">): Promise<void> {
  for (let isEmpty = false; !isEmpty;) {
    const [messages = [], ...others] = await Promise.all(
      [keys.messages(id), keys.sents(id), keys.attempts(id)].map((prefix) =>
        engine.list<StoredMessage>({ prefix }, { limit: atOnce })
      ),
    );
    isEmpty = [messages, ...others].every(({ length }) => length < atOnce);
    // Words are deleted first: their keys are computed from the messages.
    const words = messages.flatMap((entry) => wordKeys(admin, entry));
    const entries = [...messages, ...others.flat()].map(({ key }) => key);
    await engine.remove([...words, ...entries, ...isEmpty ? [keys.pendingDeletion(id)] : []]);
  }
}

/** Deletes an account's counters if they are zero. Other values count rooms created at the same time. */
async function dropCounts(engine: Engine, username: string): Promise<void> {
  const loads = await engine.list<Deno.KvU64>({ prefix: keys.loads(username) }, { limit: maxLoads });
  const checks = [
    ...await engine.getMany<Deno.KvU64>(counters.map((of) => keys.count(username, of))),
    ...loads,
  ];
  if (checks.some(({ value }) => value && value.value !== 0n)) return;
  await engine.change({ checks, deletes: checks.map(({ key }) => key) });
}
