import type { SearchReply, SearchRequest, TimedAnswer } from "./search_wire.ts";
import { within } from "./within.ts";
import { workerOn } from "./worker_options.ts";

type Asked<R = SearchRequest> = R extends { id: number } ? Omit<R, "id"> : never;

const maxClosingMs = 1_000;

/** Worker of the search index. If it fails, requests reject; the process continues. */
export class SearchThread {
  #worker: Worker;
  #waiting = new Map<number, PromiseWithResolvers<TimedAnswer | undefined>>();
  #asked = 0;

  constructor(databasePath: string, { onTrouble, onEnd }: {
    onTrouble(error: Error): void;
    onEnd(): void;
  }) {
    const module = new URL("./search_worker.ts", import.meta.url);
    this.#worker = new Worker(module, { ...workerOn(databasePath), name: databasePath });
    this.#worker.onmessage = ({ data }: MessageEvent<SearchReply>) => {
      if ("trouble" in data) return onTrouble(new Error(data.trouble));
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("failed" in data) waiting?.reject(new Error(data.failed));
      else waiting?.resolve(data.answer);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      onEnd();
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(`The Worker ended: ${event.message}`));
      }
    };
  }

  wake(): void {
    this.#worker.postMessage({ type: "wake" } satisfies SearchRequest);
  }

  ask(request: Asked): Promise<TimedAnswer | undefined> {
    const answer = Promise.withResolvers<TimedAnswer | undefined>();
    this.#waiting.set(++this.#asked, answer);
    this.#worker.postMessage({ ...request, id: this.#asked } as SearchRequest);
    return answer.promise;
  }

  /** Lets the Worker close its files, then terminates it. */
  async close(): Promise<void> {
    await within(maxClosingMs, this.ask({ type: "close" })).catch(() => {});
    this.#worker.terminate();
  }
}
