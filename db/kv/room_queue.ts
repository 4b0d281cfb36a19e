import { setImmediate } from "node:timers";
import type { Side } from "../../protocol/records.ts";
import { Unavailable } from "../errors.ts";
import { nameOf } from "../room_key.ts";
import { draftOf, keyOf, type RoomWrite, type Waiting, waitingFor } from "../room_write.ts";
import type { Appended, MessageDraft, RoomKey, Store } from "../store.ts";
import type { StoreOptions } from "../store_options.ts";
import type { Engine } from "./engine.ts";
import { writeBatch, type Written } from "./room_batch.ts";
import { pauseAfter } from "./pause_after.ts";
import { clearOldWords } from "./word_index.ts";

/** Writes and characters per change: below the engine's limits of 1,000 entries and 800 KiB. */
const maxBatch = 40, maxCharacters = 150_000;
/** Writes that an edit counts as: it replaces the words of a text and of its room. */
const editWeight = 3;
/** Maximum rooms written concurrently. */
const maxServed = 32;
/**
 * Time limit for retries of a write that conflicts with other processes or meets an engine failure.
 * Milliseconds.
 */
const patienceMs = 5_000;

/** A write, or other work that needs exclusive access to the room within this process. */
type Turn = Waiting | (() => Promise<unknown>);

/**
 * All writes to rooms of this process: per room in call order, one change at a time. Without the queue, fifty
 * concurrent writers to one room need more than a thousand attempts.
 */
export class RoomQueue implements Pick<Store, "appendMessage" | "markRead"> {
  #lines = new Map<string, Turn[]>();
  #served = 0;
  #unserved: string[] = [];
  #closed = false;
  #drained: (() => void) | undefined;

  /** `now`: milliseconds since 1970. `instance`: sender id in notifications. */
  constructor(
    readonly engine: Engine,
    readonly by: { now: () => number; instance: string; onCommit?: StoreOptions["onCommit"] },
  ) {}

  appendMessage(draft: MessageDraft): Promise<Appended> {
    return this.#write({ draft }) as Promise<Appended>;
  }

  markRead(key: RoomKey, side: Side, seq: number): Promise<number | undefined> {
    return this.#write({ mark: { ...key, side, seq } }) as Promise<number | undefined>;
  }

  /**
   * Runs `work` with exclusive access to a room. If it resolves with undefined, another process changed the
   * room first, and it is run again.
   */
  change<T>(key: RoomKey, work: () => Promise<{ answer: T } | undefined>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#put(key, () => untilDone(work).then(resolve, reject), reject);
    });
  }

  /** Rejects further writes; resolves when the accepted ones are settled. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#lines.size) await new Promise<void>((resolve) => this.#drained = resolve);
  }

  #write(write: RoomWrite): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#put(keyOf(write), waitingFor(write, { resolve, reject }), reject);
    });
  }

  #put(key: RoomKey, turn: Turn, refuse: (error: unknown) => void): void {
    if (this.#closed) return refuse(new Unavailable("The database is closed"));
    const name = nameOf(key);
    const line = this.#lines.get(name);
    if (line) return void line.push(turn);
    this.#lines.set(name, [turn]);
    this.#unserved.push(name);
    // Waits for the end of this turn of the event loop, so that its other writes join the batch.
    setImmediate(() => this.#serveNext());
  }

  #serveNext(): void {
    if (this.#served >= maxServed) return;
    const name = this.#unserved.shift();
    if (name !== undefined) void this.#serve(name);
    else if (!this.#lines.size) this.#drained?.();
  }

  async #serve(name: string): Promise<void> {
    this.#served++;
    const line = this.#lines.get(name)!;
    while (line.length) {
      if (typeof line[0] === "function") await (line.shift() as () => Promise<unknown>)();
      else await this.#settle(takeBatch(line));
    }
    this.#lines.delete(name);
    this.#served--;
    this.#serveNext();
  }

  async #settle(batch: Waiting[]): Promise<void> {
    const began = performance.now();
    try {
      const { before, room, outcomes } = await this.#writeBatch(batch);
      this.by.onCommit?.(batch.length, (performance.now() - began) / 1_000);
      for (const [i, outcome] of outcomes.entries()) {
        if ("error" in outcome) batch[i]!.reject(outcome.error);
        else batch[i]!.resolve(outcome.answer);
      }
      // Words that are not deleted because of an error only remain searchable for longer.
      if (room) {
        await clearOldWords(this.engine, room, { from: before?.head ?? 0, to: room.head }).catch(() => {});
      }
    } catch (error) {
      if (batch.length > 1 && !(error instanceof Unavailable)) return await this.#settleHalves(batch);
      for (const { reject } of batch) reject(error);
    }
  }

  /**
   * A batch that the engine rejects as one change, for example because of long keys, may succeed in halves;
   * none of it has been written.
   */
  async #settleHalves(batch: Waiting[]): Promise<void> {
    const half = Math.ceil(batch.length / 2);
    await this.#settle(batch.slice(0, half));
    await this.#settle(batch.slice(half));
  }

  #writeBatch(batch: Waiting[]): Promise<Written> {
    const key = keyOf(batch[0]!.write);
    return untilDone(async () => {
      const answer = await writeBatch(this.engine, batch, {
        key,
        now: this.by.now(),
        instance: this.by.instance,
      });
      return answer && { answer };
    }, {
      since: batch[0]!.since,
      // They may be stored although no answer came: retries look for them first.
      onFailure: () => batch.forEach((waiting) => waiting.again = true),
    });
  }
}

/** Repeats work until it does not conflict and the engine answers. @throws {Unavailable} */
async function untilDone<T>(
  work: () => Promise<{ answer: T } | undefined>,
  { since = performance.now(), onFailure }: { since?: number; onFailure?: () => void } = {},
): Promise<T> {
  for (let attempt = 0;; attempt++) {
    const isLate = performance.now() > since + patienceMs;
    try {
      const done = await work();
      if (done) return done.answer;
      if (isLate) throw new Unavailable("Too many processes write to the room at once");
    } catch (error) {
      if (!(error instanceof Unavailable) || isLate || !onFailure) throw error;
      onFailure();
    }
    await pauseAfter(attempt);
  }
}

/** Takes as many writes from the front of the queue as fit into one change. */
function takeBatch(line: Turn[]): Waiting[] {
  let count = 0, characters = 0, weight = 0;
  for (const turn of line.slice(0, maxBatch)) {
    if (typeof turn === "function") break;
    const draft = draftOf(turn.write);
    characters += charactersOf(draft);
    weight += draft?.edit ? editWeight : 1;
    if (count > 0 && (characters > maxCharacters || weight > maxBatch)) break;
    count++;
  }
  return line.splice(0, count) as Waiting[];
}

function charactersOf(draft: MessageDraft | undefined): number {
  if (!draft) return 0;
  const { content, by, extra, reply } = draft;
  return content.length + (by || extra || reply ? JSON.stringify([by, extra, reply]).length : 0);
}
