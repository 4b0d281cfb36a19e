import { setImmediate } from "node:timers";
import { Unavailable } from "../errors.ts";
import type { Side } from "../../protocol/records.ts";
import { type Outcome, roomOf, type RoomWrite, type Waiting, waitingFor } from "../room_write.ts";
import type { Appended, MessageDraft, RoomKey, Store } from "../store.ts";
import type { StoreOptions } from "../store_options.ts";
import type { Link } from "./link.ts";
import { type Outcomes, writeBatch } from "./room_batch.ts";
import { PendingWrites } from "./pending_writes.ts";

/**
 * Writes per transaction, and concurrent transactions of each kind: of many rooms, and of one contended room.
 */
const maxBatch = 300, maxUnderWay = { shared: 2, alone: 2 };
/** Time limit for retries after an engine failure, and the delay between them. Milliseconds. */
const patienceMs = 1_500, retryMs = 25;
/**
 * Maximum rooms remembered as existing. Drafts for other rooms first run the insert that creates missing
 * rooms.
 */
const maxKnown = 50_000;

type How = "shared" | "alone";

/**
 * All writes to rooms of this process, per room in call order. Writes that arrive during a running batch
 * share the next transaction, also across rooms.
 */
export class RoomQueue implements Pick<Store, "appendMessage" | "markRead"> {
  #lines = new PendingWrites();
  #known = new Set<string>();
  #underWay = { shared: 0, alone: 0 };
  #scheduled = false;
  #closed = false;
  #drained: (() => void) | undefined;

  constructor(readonly link: Link, readonly onCommit?: StoreOptions["onCommit"]) {}

  appendMessage(draft: MessageDraft): Promise<Appended> {
    return this.#put({ draft }) as Promise<Appended>;
  }

  markRead(key: RoomKey, side: Side, seq: number): Promise<number | undefined> {
    return this.#put({ mark: { ...key, side, seq } }) as Promise<number | undefined>;
  }

  #put(write: RoomWrite): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Unavailable("The database is closed"));
    return new Promise((resolve, reject) => {
      this.#lines.put(waitingFor(write, { resolve, reject }));
      this.#schedule();
    });
  }

  /** Rejects further writes; resolves when the accepted ones are settled. */
  async close(): Promise<void> {
    this.#closed = true;
    if (!this.#lines.isEmpty) await new Promise<void>((resolve) => this.#drained = resolve);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#startBatches("alone");
      this.#startBatches("shared");
      if (this.#lines.isEmpty) this.#drained?.();
    });
  }

  #startBatches(how: How): void {
    while (this.#underWay[how] < maxUnderWay[how]) {
      const batch = this.#lines.take(maxBatch, how);
      if (!batch.length) return;
      void this.#run(batch, how);
    }
  }

  async #run(batch: Waiting[], how: How): Promise<void> {
    this.#underWay[how]++;
    const began = performance.now();
    try {
      this.#settle(batch, await this.#write(batch, how));
      this.onCommit?.(batch.length, (performance.now() - began) / 1_000);
    } catch (error) {
      await this.#failed(batch, error, how);
    }
    this.#lines.free(batch);
    this.#underWay[how]--;
    this.#schedule();
  }

  #write(batch: Waiting[], how: How): Promise<Outcomes> {
    const mayBeNew = how === "alone" ? () => true : (name: string) => !this.#known.has(name);
    return this.link.transaction((sql) => writeBatch(sql, batch, { wait: how === "alone", mayBeNew }));
  }

  #settle(batch: Waiting[], outcomes: Outcomes): void {
    const skipped: Waiting[] = [];
    for (const [i, waiting] of batch.entries()) {
      const outcome = outcomes[i];
      if (!outcome) skipped.push(waiting);
      else this.#answer(waiting, outcome);
    }
    this.#lines.putBack(skipped, true);
  }

  #answer(waiting: Waiting, outcome: Outcome): void {
    if ("error" in outcome) return waiting.reject(outcome.error);
    if ("draft" in waiting.write) this.#know(roomOf(waiting));
    waiting.resolve(outcome.answer);
  }

  #know(room: string): void {
    if (this.#known.size >= maxKnown) this.#known.clear();
    this.#known.add(room);
  }

  async #failed(batch: Waiting[], error: unknown, how: How): Promise<void> {
    if (!(error instanceof Unavailable)) return await this.#oneByOne(batch, error);
    const tooLate = performance.now() - patienceMs;
    const patient = batch.filter(({ since }) => since > tooLate);
    for (const { since, reject } of batch) if (since <= tooLate) reject(error);
    // It may be stored although no answer came: retries look for it first.
    for (const waiting of patient) waiting.again = true;
    this.#lines.putBack(patient, how === "alone");
    if (patient.length) await new Promise((resolve) => setTimeout(resolve, retryMs));
  }

  /** Runs the writes of a rejected batch one by one, so that only the faulty one fails. */
  async #oneByOne(batch: Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1) return batch[0]!.reject(error);
    for (const waiting of batch) {
      try {
        let outcome;
        while (!outcome) [outcome] = await this.#write([waiting], "alone");
        this.#answer(waiting, outcome);
      } catch (error) {
        waiting.reject(error);
      }
    }
  }
}
