import type { DatabaseSync } from "node:sqlite";
import type { WriteQueue } from "./write_queue.ts";

/** Texts per step: a few milliseconds of the search thread. */
const atOnce = 100;
/** Delay after an edit, so that edits in between share a step, and after a failure. Milliseconds. */
const afterMs = 50, afterFailureMs = 5_000;

interface Parts {
  db: DatabaseSync;
  queue: WriteQueue;
  /** Removes the texts with these keys from the search index. */
  unindex(keys: number[]): Promise<void>;
  onTrouble(what: string, error: unknown): void;
}

/** Removes the words of edited texts from the search index, then the former texts themselves. */
export class ReplacedTexts {
  #parts: Parts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #work: Promise<void> | undefined;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Called at the start and after each edit. */
  wake(ms = afterMs): void {
    if (this.#closed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#work = (this.#work ?? Promise.resolve()).then(() => this.#clear()).catch((error) => {
        if (this.#closed) return;
        this.#parts.onTrouble(
          "Removing an edited text from the search failed and will be tried again",
          error,
        );
        this.wake(afterFailureMs);
      });
    }, ms);
    Deno.unrefTimer(this.#timer);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#work;
  }

  async #clear(): Promise<void> {
    const { db, queue, unindex } = this.#parts;
    const some = db.prepare("SELECT key FROM replaced_texts ORDER BY key LIMIT ?");
    const drop = db.prepare("DELETE FROM replaced_texts WHERE key = ?");
    for (let keys; !this.#closed && (keys = some.all(atOnce).map(({ key }) => key as number)).length > 0;) {
      await unindex(keys);
      await queue.write(() => keys!.forEach((key) => drop.run(key)));
    }
  }
}
