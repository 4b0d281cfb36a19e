import { bellOf } from "../bells.ts";
import { newRoomId } from "../room_id.ts";
import { nameOf } from "../room_name.ts";
import { append, type Attempt, mark, type OpenRoom } from "../room_write.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Appended, MessageDraft, RoomKey, RoomRecord } from "../store.ts";
import { type Change, checkSize, type Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { KnownMessages, type Sent, sentKey } from "./known_messages.ts";
import { roomEntries } from "./room_entries.ts";

/** How long a client's id is known: longer than any outbox keeps a message. One of ours only while it is tried. */
const sentForMs = 7 * 86_400_000, attemptForMs = 3_600_000;

/** A write's answer, or why it cannot be stored. */
export type Outcome = { answer: Appended | number | undefined } | { error: unknown };

/**
 * Writes to one room, in their order, as one change. Answers nothing if another process changed the room meanwhile.
 * @throws {Unavailable} the writes may have been made all the same
 */
export async function writeBatch(
  engine: Engine,
  batch: Attempt[],
  { key, now }: { key: RoomKey; now: number },
): Promise<Outcome[] | undefined> {
  const entry = await engine.get<RoomRecord>(keys.room(key.admin, key.consumer));
  const before = entry.value ?? undefined;
  // Read after the room: that it is still the same at the commit means that nothing was sent to it in between.
  const known = before
    ? await KnownMessages.find(engine, { room: before.id, batch, now })
    : KnownMessages.none();
  const work = new BatchWork(before, known, now);
  const outcomes = batch.map((one) => work.take(one));
  const change = work.change();
  if (!change) return outcomes;
  const checks = [entry, ...known.checks];
  return await engine.change({ ...change, checks, counts: [keys.bell(bellOf(nameOf(key)))] })
    ? outcomes
    : undefined;
}

/** One room and what becomes of it. */
class BatchWork {
  #open: OpenRoom | undefined;
  #sets: NonNullable<Change["sets"]> = [];

  constructor(readonly before: RoomRecord | undefined, readonly known: KnownMessages, readonly now: number) {
    this.#open = before && { room: before, isNew: false, isChanged: false };
  }

  take(one: Attempt): Outcome {
    try {
      if ("draft" in one.write) return { answer: this.#append(one, one.write.draft) };
      return { answer: this.#open && mark(this.#open, one.write.mark) };
    } catch (error) {
      return { error };
    }
  }

  /** Nothing, if nothing changes. */
  change(): Change | undefined {
    if (!this.#open?.isChanged) return undefined;
    const { sets = [], deletes } = roomEntries(this.before, this.#open.room);
    return { sets: [...this.#sets, ...sets], deletes };
  }

  #append(one: Attempt, draft: MessageDraft): Appended {
    checkSize(draft);
    // Kept only if the draft is: one that cannot be stored makes no room.
    const open = this.#open ?? { room: newRoom(draft, draft.at), isNew: true, isChanged: false };
    const key = sentKey(open.room.id, one)!;
    const { answer, stored } = append(open, draft, this.known.get(key));
    if (stored) {
      this.#store(open.room.id, stored, { key, forMs: one.attempt === null ? sentForMs : attemptForMs });
    }
    this.#open = open;
    return answer;
  }

  #store(room: string, stored: StoredMessage, { key, forMs }: { key: Deno.KvKey; forMs: number }): void {
    const sent: Sent = { seq: stored.seq, expires: this.now + forMs };
    this.#sets.push({ key: keys.message(room, stored.seq), value: stored }, {
      key,
      value: sent,
      expireIn: forMs,
    });
    this.known.add(key, stored);
  }
}

export function newRoom({ admin, consumer }: RoomKey, at: number): RoomRecord {
  const read = { admin: 0, visitor: 0 };
  return { id: newRoomId(), admin, consumer, status: "open", created: at, active: at, head: 0, read };
}
