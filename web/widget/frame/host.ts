import type { KeyValueStorage } from "../../client/key_value_storage.ts";
import { mark, type ToFrame, type ToHost } from "../bridge.ts";
import { readToFrame } from "./host_message.ts";

type Changed = (key: string, value: string | undefined) => void;

/**
 * The page that embeds the chat, and the storage it keeps for its visitor. It named its origin itself; under a false
 * origin it receives nothing and is ignored.
 */
export class Host implements KeyValueStorage {
  readonly #origin: string;
  #stored = new Map<string, string>();
  #watchers = new Set<Changed>();
  /** Callbacks for values that the page has yet to store, by key. */
  #waiting = new Map<string, () => void>();

  constructor(origin: string, heard: (message: ToFrame) => void) {
    this.#origin = origin;
    addEventListener("message", ({ origin, source, data }) => {
      if (origin !== this.#origin || source !== parent) return;
      const message = readToFrame(data);
      if (!message) return;
      if (message.type === "init") this.#stored = new Map(message.stored);
      if (message.type === "stored") this.#changed(message.key, message.value);
      if (message.type === "kept") this.#kept(message.key);
      heard(message);
    });
  }

  post(message: ToHost): void {
    parent.postMessage({ parlor: mark, ...message }, this.#origin);
  }

  /** Sends an event to the page's own listeners. */
  emit(name: string, detail: unknown): void {
    this.post({ type: "event", key: name, value: detail });
  }

  recall(key: string): string | undefined {
    return this.#stored.get(key);
  }

  entries(): [string, string][] {
    return [...this.#stored];
  }

  put(key: string, value: string, kept?: () => void): void {
    if (this.#stored.get(key) === value) return;
    this.#stored.set(key, value);
    if (kept) this.#waiting.set(key, kept);
    this.post({ type: "keep", key, value });
  }

  drop(key: string): void {
    this.#waiting.delete(key);
    if (this.#stored.delete(key)) this.post({ type: "keep", key });
  }

  watch(changed: Changed): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  /** The page has cleared the storage; later pending writes follow. */
  forget(): void {
    for (const key of this.#stored.keys()) this.drop(key);
    this.#waiting.clear();
  }

  #kept(key: string): void {
    const kept = this.#waiting.get(key);
    this.#waiting.delete(key);
    kept?.();
  }

  #changed(key: string, value: string | undefined): void {
    if (value === undefined) this.#stored.delete(key);
    else this.#stored.set(key, value);
    for (const changed of this.#watchers) changed(key, value);
  }
}
