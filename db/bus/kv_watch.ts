import { channels } from "../channels.ts";
import { keys } from "../kv/keys.ts";

/** Maximum keys per watch (engine limit). */
const maxWatched = 10;
const restartMs = 1_000;

/**
 * Calls `heard` with each channel that changed and the versionstamp of its last change. Returns a function
 * that stops.
 */
export function watchChannels(
  kv: Deno.Kv,
  heard: (channel: number, versionstamp: string) => void,
  onTrouble: (error: unknown) => void,
): () => Promise<void> {
  const all = Array.from({ length: channels + 1 }, (_, channel) => channel);
  const watches: Watch[] = [];
  for (let i = 0; i < all.length; i += maxWatched) {
    watches.push(new Watch(kv, all.slice(i, i + maxWatched), { heard, onTrouble }));
  }
  return async () => {
    await Promise.all(watches.map((watch) => watch.stop()));
  };
}

/** One stream over several channels, restarted when it breaks. */
class Watch {
  #stopped = new AbortController();
  #seen = new Map<number, string | null>();
  #reader: ReadableStreamDefaultReader<Deno.KvEntryMaybe<unknown>[]> | undefined;
  #ended: Promise<void>;

  constructor(
    readonly kv: Deno.Kv,
    readonly channels: number[],
    readonly to: {
      heard: (channel: number, versionstamp: string) => void;
      onTrouble: (error: unknown) => void;
    },
  ) {
    this.#ended = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    // After an error the stream is already closed, and cancel rejects.
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
    this.#reader = this.kv.watch(this.channels.map(keys.channel)).getReader();
    for (let next; !(next = await this.#reader.read()).done;) {
      for (const [i, { versionstamp }] of next.value.entries()) this.#note(this.channels[i]!, versionstamp);
    }
  }

  #note(channel: number, versionstamp: string | null): void {
    if (this.#seen.get(channel) === versionstamp) return;
    this.#seen.set(channel, versionstamp);
    if (versionstamp !== null) this.to.heard(channel, versionstamp);
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
