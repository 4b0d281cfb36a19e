import { profileOf, type StoredVisitor, visitors } from "../collections/visitors.ts";
import type { Answer } from "../append_condition.ts";
import { newRoomId } from "../room_key.ts";
import { append, type Attempt, mark, type OpenRoom, type Outcome } from "../room_write.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Appended, MessageDraft, RoomKey, RoomRecord } from "../store.ts";
import { type Change, checkSize, type Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { type Alias, aliases } from "../collections/aliases.ts";
import { Moved } from "../errors.ts";
import { finishMerge, type MovableRoom } from "./merging.ts";
import { findAnswers } from "./answers.ts";
import { EditableMessages } from "./edits.ts";
import { KnownMessages, type Sent, sentKey } from "./known_messages.ts";
import { parse, recordAt } from "./records.ts";
import { roomEntries } from "./room_entries.ts";
import { notificationChange } from "./notifications.ts";
import { wordEntries } from "./word_index.ts";

/**
 * Lifetime of client ids, longer than any outbox keeps a message; and of attempt ids, which are needed only
 * during retries. Milliseconds.
 */
const sentForMs = 7 * 86_400_000, attemptForMs = 3_600_000;

/** The room before and after the batch, and the outcome of each write. */
export interface Written {
  before?: RoomRecord;
  room?: RoomRecord;
  outcomes: Outcome[];
}

/**
 * Writes to one room, in order, as one change. Resolves with undefined if another process changed the room
 * meanwhile.
 * @throws {Unavailable} the writes may have been stored nevertheless
 */
export async function writeBatch(
  engine: Engine,
  batch: Attempt[],
  { key: { admin, consumer }, now, instance }: { key: RoomKey; now: number; instance: string },
): Promise<Written | undefined> {
  const { entry, visitor, profile } = await readRoom(engine, { admin, consumer });
  const before = entry.value ?? undefined;
  if (before?.moving) {
    await finishMerge({ engine, now: () => now, instance }, before.moving);
    return undefined;
  }
  const alias = before ? undefined : await findAlias(engine, { admin, consumer });
  const moved = alias?.value;
  if (moved) return { outcomes: batch.map((one) => movedOutcome(one, moved)) };
  // Read after the room: if the room is unchanged at the commit, no message was added in between.
  const known = before
    ? await KnownMessages.find(engine, { room: before.id, batch, now })
    : KnownMessages.none();
  const answers = await findAnswers(engine, before, batch);
  const editable = await EditableMessages.find(engine, before, batch);
  const work = new BatchWork({ before, profile, known, now, answers, editable });
  const outcomes = batch.map((one) => work.take(one));
  const change = work.change(engine);
  const written = { before, room: work.room, outcomes };
  if (!change) return written;
  const checks = before ? [entry, ...known.checks] : [entry, visitor, alias!.entry];
  const seq = work.room!.head;
  const channel = seq > (before?.head ?? 0)
    ? notificationChange(engine, { from: instance, admin, consumer, seq }, admin)
    : noBell;
  const sets = [...change.sets, ...channel.sets], sums = [...change.sums, ...channel.sums];
  return await engine.change({ ...change, checks, sets, sums }) ? written : undefined;
}

/** The alias under a consumer id, if there is one, and its entry for the check of a commit that makes a room. */
export async function findAlias(engine: Engine, { admin, consumer }: RoomKey) {
  const entry = await engine.get<Uint8Array>(recordAt(aliases.name, [admin, consumer]));
  return { entry, value: entry.value === null ? undefined : parse(entry.value) as Alias };
}

const movedOutcome = ({ write }: Attempt, { into }: Alias): Outcome =>
  "draft" in write ? { error: new Moved(into) } : { answer: undefined };

const noBell: Required<Pick<Change, "sets" | "sums">> = { sets: [], sums: [] };

/** Reads a room and its visitor from one snapshot; `profile`: the visitor's data that the room copies. */
export async function readRoom(engine: Engine, { admin, consumer }: RoomKey) {
  const [entry, visitor] = await engine.getMany<unknown>([
    keys.room(admin, consumer),
    recordAt(visitors.name, [admin, consumer]),
  ]) as [Deno.KvEntryMaybe<MovableRoom>, Deno.KvEntryMaybe<Uint8Array>];
  const known = visitor.value === null ? undefined : parse(visitor.value) as StoredVisitor;
  return { entry, visitor, profile: profileOf(known) };
}

interface Beginning {
  before: RoomRecord | undefined;
  /** The visitor's data that a new room copies. */
  profile: RoomRecord["visitor"];
  known: KnownMessages;
  now: number;
  answers: Answer[] | undefined;
  editable: EditableMessages | undefined;
}

/** Builds the changes of a batch to one room. */
class BatchWork {
  #open: OpenRoom | undefined;
  #stored: StoredMessage[] = [];
  /** Earlier messages that edits of this batch have changed, by seq. */
  #changed = new Map<number, StoredMessage>();
  #sents: NonNullable<Change["sets"]> = [];

  constructor(readonly from: Beginning) {
    const { before, answers, editable } = from;
    this.#open = before &&
      { room: before, isNew: false, isChanged: false, answers, editable: editable?.bySeq };
  }

  get room(): RoomRecord | undefined {
    return this.#open?.room;
  }

  take(one: Attempt): Outcome {
    try {
      if ("draft" in one.write) return { answer: this.#append(one, one.write.draft) };
      return { answer: this.#open && mark(this.#open, one.write.mark, one.again) };
    } catch (error) {
      return { error };
    }
  }

  /** Undefined if nothing changes. */
  change(engine: Engine): Required<Pick<Change, "sets" | "sums" | "deletes">> | undefined {
    if (!this.#open?.isChanged) return undefined;
    const { room } = this.#open;
    const { sets, ...rest } = roomEntries(this.from.before, room);
    const changed = [...this.#changed.values()], written = [...this.#stored, ...changed];
    const messages = written.map((stored) => ({ key: keys.message(room.id, stored.seq), value: stored }));
    const former = this.from.editable?.wordsWithout(changed) ?? { sets: [], deletes: [] };
    const words = [...former.sets, ...wordEntries(engine, room, written) ?? []];
    return {
      ...rest,
      deletes: [...rest.deletes, ...former.deletes],
      sets: [...sets, ...messages, ...this.#sents, ...words],
    };
  }

  #append(one: Attempt, draft: MessageDraft): Appended {
    checkSize(draft);
    // Assigned only after the append: a draft that is rejected must not create a room.
    const open = this.#open ?? this.#newRoom(draft);
    const key = sentKey(open.room.id, one)!;
    const { answer, stored, changed } = append(open, draft, {
      before: this.from.known.get(key),
      again: one.again,
    });
    if (stored) this.#store(stored, { key, forMs: one.attempt === null ? sentForMs : attemptForMs });
    for (const message of changed ?? []) this.#replace(message);
    this.#open = open;
    return answer;
  }

  #replace(message: StoredMessage): void {
    const own = this.#stored.findIndex(({ seq }) => seq === message.seq);
    if (own >= 0) this.#stored[own] = message;
    else this.#changed.set(message.seq, message);
  }

  #newRoom(draft: MessageDraft): OpenRoom {
    const room = newRoom(draft, { at: draft.at, visitor: this.from.profile });
    return { room, isNew: true, isChanged: false, answers: this.from.answers };
  }

  #store(stored: StoredMessage, { key, forMs }: { key: Deno.KvKey; forMs: number }): void {
    const sent: Sent = { seq: stored.seq, expires: this.from.now + forMs };
    this.#stored.push(stored);
    this.#sents.push({ key, value: sent, expireIn: forMs });
    this.from.known.add(key, stored);
  }
}

/** A new open room with a random id. `at`: milliseconds since 1970. */
export function newRoom(
  { admin, consumer }: RoomKey,
  { at, visitor }: { at: number; visitor: RoomRecord["visitor"] },
): RoomRecord {
  const room: RoomRecord = {
    ...{ id: newRoomId(), admin, consumer, status: "open", created: at, active: at, head: 0 },
    read: { admin: 0, visitor: 0 },
  };
  return visitor ? { ...room, visitor } : room;
}
