import type { RoomErasure } from "../collections/erasure.ts";
import { checkCommit, type RecordName } from "../records.ts";
import type { RoomKey, RoomRecord } from "../store.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { commitOnce, recordAt } from "./records.ts";
import { roomEntries } from "./room_entries.ts";
import type { RoomQueue } from "./room_queue.ts";
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

  /** Removes the rooms of an admin; answers whether there were any. */
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

/** Consumers of an admin's rooms, some at a time. None is looked for twice in one place. */
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
    await engine.remove([...words, ...entries, ...isEmpty ? [keys.pendingDeletion(id)] : []]);
  }
}

/** Removes an account's counters where they have come to nothing. Others count rooms that were made in this moment. */
async function dropCounts(engine: Engine, username: string): Promise<void> {
  const counters = (["open", "resolved", "unread"] as const).map((of) => keys.count(username, of));
  const checks = await engine.getMany<Deno.KvU64>(counters);
  if (checks.some(({ value }) => value && value.value !== 0n)) return;
  await engine.change({ checks, deletes: counters });
}
