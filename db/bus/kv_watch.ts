import { bells } from "../bells.ts";
import { keys } from "../kv/keys.ts";

/** Keys of one watch, at most. */
const maxWatched = 10;
const restartMs = 1_000;

/** Calls `heard` with each bell that was rung, and when the last time, by the commit. Answers how to stop. */
export function watchBells(
  kv: Deno.Kv,
  heard: (bell: number, versionstamp: string) => void,
  onTrouble: (error: unknown) => void,
): () => Promise<void> {
  const all = Array.from({ length: bells + 1 }, (_, bell) => bell);
  const watches: Watch[] = [];
  for (let i = 0; i < all.length; i += maxWatched) {
    watches.push(new Watch(kv, all.slice(i, i + maxWatched), { heard, onTrouble }));
  }
  return async () => {
    await Promise.all(watches.map((watch) => watch.stop()));
  };
}

/** One stream over a few bells, begun again when it breaks. */
class Watch {
  #stopped = new AbortController();
  #seen = new Map<number, string | null>();
  #reader: ReadableStreamDefaultReader<Deno.KvEntryMaybe<unknown>[]> | undefined;
  #ended: Promise<void>;

  constructor(
    readonly kv: Deno.Kv,
    readonly bells: number[],
    readonly to: { heard: (bell: number, versionstamp: string) => void; onTrouble: (error: unknown) => void },
  ) {
    this.#ended = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    // A watch that has failed already is over as well.
    await this.#reader?.cancel().catch(() => {});
    await this.#ended;
  }

  async #watch(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#follow();
      } catch (error) {
        if (!this.#stopped.signal.aborted) this.to.onTrouble(error);
      }
      await this.#pause();
    }
  }

  async #follow(): Promise<void> {
    this.#reader = this.kv.watch(this.bells.map(keys.bell)).getReader();
    for (let next; !(next = await this.#reader.read()).done;) {
      for (const [i, { versionstamp }] of next.value.entries()) this.#note(this.bells[i]!, versionstamp);
    }
  }

  #note(bell: number, versionstamp: string | null): void {
    if (this.#seen.get(bell) === versionstamp) return;
    this.#seen.set(bell, versionstamp);
    if (versionstamp !== null) this.to.heard(bell, versionstamp);
  }

  #pause(): Promise<void> {
    if (this.#stopped.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, restartMs);
      this.#stopped.signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      }, { once: true });
    });
  }
}
