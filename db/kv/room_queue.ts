import { setImmediate } from "node:timers";
import type { Side } from "../../protocol/records.ts";
import { Unavailable } from "../errors.ts";
import { draftOf, keyOf, roomOf, type RoomWrite, type Waiting, waitingFor } from "../room_write.ts";
import type { Appended, MessageDraft, RoomKey, Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { type Outcome, writeBatch } from "./room_batch.ts";
import { pauseAfter } from "./update.ts";

/** Writes of one change, and characters in them: far below the engine's 1,000 entries and 800 KiB. */
const maxBatch = 40, maxCharacters = 150_000;
/** Rooms that are written to at once. */
const maxServed = 32;
/** How long a write is tried while other processes write to the same room, or the engine fails. */
const patienceMs = 5_000;

/**
 * All writes to rooms of the process, each room's in the order of the calls, one change at a time: fifty who write to
 * a room freely need over a thousand attempts.
 */
export class RoomQueue implements Pick<Store, "appendMessage" | "markRead"> {
  #lines = new Map<string, Waiting[]>();
  #served = 0;
  #unserved: string[] = [];
  #closed = false;
  #drained: (() => void) | undefined;

  /** `now`: milliseconds since 1970. */
  constructor(readonly engine: Engine, readonly now: () => number) {}

  appendMessage(draft: MessageDraft): Promise<Appended> {
    return this.#put({ draft }) as Promise<Appended>;
  }

  markRead(key: RoomKey, side: Side, seq: number): Promise<number | undefined> {
    return this.#put({ mark: { ...key, side, seq } }) as Promise<number | undefined>;
  }

  /** Refuses further writes; resolves when those accepted are settled. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#lines.size) await new Promise<void>((resolve) => this.#drained = resolve);
  }

  #put(write: RoomWrite): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Unavailable("The database is closed"));
    return new Promise((resolve, reject) => {
      const waiting = waitingFor(write, { resolve, reject });
      const name = roomOf(waiting);
      const line = this.#lines.get(name);
      if (line) return void line.push(waiting);
      this.#lines.set(name, [waiting]);
      this.#unserved.push(name);
      // What else arrives in this turn of the event loop goes along.
      setImmediate(() => this.#serveNext());
    });
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
    while (line.length) await this.#settle(takeBatch(line));
    this.#lines.delete(name);
    this.#served--;
    this.#serveNext();
  }

  async #settle(batch: Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#write(batch);
      for (const [i, outcome] of outcomes.entries()) {
        if ("error" in outcome) batch[i]!.reject(outcome.error);
        else batch[i]!.resolve(outcome.answer);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async #write(batch: Waiting[]): Promise<Outcome[]> {
    const key = keyOf(batch[0]!.write);
    const deadline = batch[0]!.since + patienceMs;
    for (let attempt = 0;; attempt++) {
      try {
        const outcomes = await writeBatch(this.engine, batch, { key, now: this.now() });
        if (outcomes) return outcomes;
        if (performance.now() > deadline) {
          throw new Unavailable("Too many processes write to the room at once");
        }
      } catch (error) {
        if (!(error instanceof Unavailable) || performance.now() > deadline) throw error;
        // They may be stored although no answer came: from now on they are looked for first.
        for (const waiting of batch) waiting.again = true;
      }
      await pauseAfter(attempt);
    }
  }
}

function takeBatch(line: Waiting[]): Waiting[] {
  let count = 0, characters = 0;
  for (const { write } of line.slice(0, maxBatch)) {
    characters += draftOf(write)?.content.length ?? 0;
    if (count > 0 && characters > maxCharacters) break;
    count++;
  }
  return line.splice(0, count);
}
