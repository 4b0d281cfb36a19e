import { Blocked } from "../errors.ts";
import { mergedRoom, type MergeOutcome, movedMessage, type RoomMerge, type RoomMerger } from "../merging.ts";
import type { CheckedCommit } from "../records.ts";
import type { RoomRecord } from "../room.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Change, Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import type { Sent } from "./known_messages.ts";
import { notificationChange } from "./notifications.ts";
import { changeOf } from "./records.ts";
import { roomEntries } from "./room_entries.ts";
import { searchedMessages, wordEntries } from "./word_index.ts";

/** A merge under way: written to both rooms, whose writers finish it first. */
export interface Moving {
  admin: string;
  from: string;
  into: string;
  /** Number of messages of the other room when it began, and of those to move. */
  base: number;
  count: number;
}

/** A room's entry. */
export type MovableRoom = RoomRecord & { moving?: Moving };

interface Parts {
  engine: Engine;
  /** Milliseconds since 1970. */
  now(): number;
  instance: string;
  /** Removes what is left of rooms that are gone. */
  clean?(): Promise<void>;
}

/** Messages copied per change: few where their words are indexed. */
const copiedAtOnce = 200, indexedAtOnce = 30;
/** Characters copied per change. */
const charactersAtOnce = 150_000;

type Entries = [Deno.KvEntryMaybe<MovableRoom>, Deno.KvEntryMaybe<MovableRoom>];

const entriesOf = (engine: Engine, { admin, from, into }: Pick<Moving, "admin" | "from" | "into">) =>
  engine.getMany<MovableRoom>([keys.room(admin, from), keys.room(admin, into)]) as Promise<Entries>;

/**
 * Merges rooms within the engine's limits: a mark in both rooms, copies of the messages beyond the other room's head,
 * where no reader looks, then one change that raises the head, deletes the former room and stores the alias. A merge
 * that a process leaves behind is finished by the next writer of either room, or at a start.
 */
export function merging(parts: Parts): RoomMerger & { finishAll(): Promise<void> } {
  const { engine } = parts;
  return {
    async mergeRoom(asked) {
      const { admin, consumer: from } = asked.from, into = asked.into.consumer;
      const entries = await entriesOf(engine, { admin, from, into });
      const [former, other] = entries;
      if (!former.value) return "missing";
      const moving = former.value.moving ?? other.value?.moving;
      if (moving) {
        await finishMerge(parts, moving);
        return "conflict";
      }
      if (former.value.blocked !== undefined || other.value?.blocked !== undefined) {
        throw new Blocked("This visitor is blocked");
      }
      if (!other.value) return await rename(engine, asked, { former, other });
      return await begin(parts, asked, entries);
    },
    async finishAll() {
      for (const { value } of await engine.list<Pending>({ prefix: keys.merges }, { limit: 500 })) {
        await finishMerge(parts, value.moving);
      }
    },
  };
}

/** A merge under way, and the records of its end. */
interface Pending {
  moving: Moving;
  puts: { key: Deno.KvKey; value: unknown }[];
}

const checksOf = (records: CheckedCommit) => changeOf(records).checks;
const putsOf = (records: CheckedCommit) => changeOf(records).sets;

/** There is no other room: the former one gets the other consumer id. */
async function rename(
  engine: Engine,
  { into, records }: RoomMerge,
  { former, other }: { former: Deno.KvEntryMaybe<MovableRoom>; other: Deno.KvEntryMaybe<MovableRoom> },
): Promise<MergeOutcome> {
  const before = former.value!, room = { ...before, consumer: into.consumer };
  const gone = roomEntries(before, undefined), come = roomEntries(undefined, room);
  const isMade = await engine.change({
    checks: [former, other, ...checksOf(records(0))],
    deletes: gone.deletes,
    sets: [...come.sets, ...putsOf(records(0))],
  });
  return isMade ? { room, base: 0 } : "conflict";
}

async function begin(parts: Parts, merge: RoomMerge, [former, other]: Entries): Promise<MergeOutcome> {
  const from = former.value!, into = other.value!, records = merge.records(into.head);
  const { admin, head: count } = from;
  const moving: Moving = { admin, from: from.consumer, into: into.consumer, base: into.head, count };
  const pending: Pending = { moving, puts: putsOf(records).map(({ key, value }) => ({ key, value })) };
  const isMade = await parts.engine.change({
    checks: [former, other, ...checksOf(records)],
    sets: [
      { key: former.key, value: { ...from, moving } },
      { key: other.key, value: { ...into, moving } },
      { key: keys.merge(from.id), value: pending },
    ],
  });
  if (!isMade) return "conflict";
  await finishMerge(parts, moving);
  await parts.clean?.();
  const [, now] = await entriesOf(parts.engine, moving);
  return now.value ? { room: now.value, base: moving.base } : "missing";
}

/** Copies what is to be moved, then makes it visible. Several processes may do this at once. */
export async function finishMerge(parts: Parts, moving: Moving): Promise<void> {
  for (let copied = 0;;) {
    const [former, other] = await entriesOf(parts.engine, moving);
    if (!other.value?.moving && !former.value?.moving) return;
    if (!former.value?.moving || !other.value?.moving) {
      // One of the rooms was deleted meanwhile.
      await abandon(parts.engine, former.value?.moving ? former : other);
      continue;
    }
    const work = { former: former.value, other: other.value, checks: [former, other], moving };
    if (copied < moving.count) copied = await copySome(parts, work, copied) ?? copied;
    else if (await end(parts, work)) return;
  }
}

interface Work {
  former: MovableRoom;
  other: MovableRoom;
  checks: Deno.AtomicCheck[];
  moving: Moving;
}

async function abandon(engine: Engine, left: Deno.KvEntryMaybe<MovableRoom>): Promise<void> {
  const { moving: _, ...room } = left.value!;
  await engine.change({ checks: [left], sets: [{ key: left.key, value: room }] });
}

/** Copies the next messages; returns the seq of the last one, or undefined if a room has changed meanwhile. */
async function copySome(parts: Parts, work: Work, copied: number): Promise<number | undefined> {
  const { engine } = parts, { former, other, moving: { base, count } } = work;
  const isIndexed = copied >= count - searchedMessages;
  const entries = await engine.list<StoredMessage>(
    { start: keys.message(former.id, copied + 1), end: keys.message(former.id, count + 1) },
    { limit: isIndexed ? indexedAtOnce : Math.min(copiedAtOnce, count - searchedMessages - copied) },
  );
  let characters = 0;
  const some = entries.filter(({ value }, i) => {
    characters += value.content.length + JSON.stringify(value.details ?? "").length;
    return i === 0 || characters <= charactersAtOnce;
  }).map(({ value }) => value);
  const { sets, taken } = await idsOf(parts, work, some);
  const messages = some.map((message) => {
    const moved = movedMessage(message, base);
    return taken.has(message.seq) ? { ...moved, client_id: undefined } : moved;
  });
  const isMade = await engine.change({
    checks: work.checks,
    sets: [
      ...messages.map((message) => ({ key: keys.message(other.id, message.seq), value: message })),
      ...sets,
      ...isIndexed ? wordEntries(engine, other, messages) ?? [] : [],
    ],
  });
  return isMade ? some.at(-1)!.seq : undefined;
}

/** The client ids of messages in their new room, and the seqs of messages whose id it has already. */
async function idsOf(
  { engine, now }: Parts,
  { former, other, moving: { base } }: Work,
  some: StoredMessage[],
) {
  const named = some.filter(({ client_id }) => client_id != null);
  const of = (room: RoomRecord) =>
    engine.getMany<Sent>(named.map(({ client_id, side }) => keys.sent(room.id, client_id!, side)));
  const [known, there] = await Promise.all([of(former), of(other)]);
  const at = now(), taken = new Set<number>();
  const sets = named.flatMap(({ seq }, i): NonNullable<Change["sets"]> => {
    const before = there[i]!.value;
    if (before && before.expires > at && before.seq <= base) return (taken.add(seq), []);
    const { expires } = known[i]!.value ?? { expires: 0 };
    if (expires <= at) return [];
    return [{ key: there[i]!.key, value: { seq: seq + base, expires }, expireIn: expires - at }];
  });
  return { sets, taken };
}

async function end({ engine, instance }: Parts, { former, other, checks, moving }: Work): Promise<boolean> {
  const pending = await engine.get<Pending>(keys.merge(former.id));
  const { moving: _, ...room } = mergedRoom(former, other) as MovableRoom;
  const is = roomEntries(other, room), gone = roomEntries(former, undefined);
  const { admin, into: consumer } = moving;
  const told = notificationChange(engine, { from: instance, admin, consumer, seq: room.head }, admin);
  return await engine.change({
    checks,
    deletes: [...is.deletes, ...gone.deletes, keys.merge(former.id)],
    sets: [
      ...is.sets,
      ...pending.value?.puts ?? [],
      { key: keys.pendingDeletion(former.id), value: admin },
      ...told.sets,
    ],
    sums: [...is.sums, ...gone.sums, ...told.sums],
  });
}
