import { Timer } from "../../client/timer.ts";

/** Typing is kept after so long a rest. Milliseconds. */
const restMs = 250;

/** What is being written in each room, kept over reloads, apart for each account and each room. */
export class Drafts {
  readonly #prefix: string;
  readonly #timer = new Timer();
  #pending?: [consumer: string, text: string];
  /** Those that the browser would not keep: they last as long as the page. */
  readonly #unkept = new Map<string, string>();

  readonly #closing = new AbortController();

  constructor(username: string) {
    this.#prefix = `parlor:${username}:draft:`;
    addEventListener("pagehide", () => this.flush(), { signal: this.#closing.signal });
  }

  /** Keeps what there is, and nothing from then on: the account is being left. */
  close(): void {
    this.flush();
    this.#closing.abort();
  }

  read(consumer: string): string {
    this.flush();
    const unkept = this.#unkept.get(consumer);
    if (unkept !== undefined) return unkept;
    try {
      return localStorage.getItem(this.#prefix + consumer) ?? "";
    } catch {
      return "";
    }
  }

  /** Keeps a draft; an empty one is forgotten. */
  write(consumer: string, text: string): void {
    if (this.#closing.signal.aborted) return;
    if (this.#pending && this.#pending[0] !== consumer) this.flush();
    this.#pending = [consumer, text];
    this.#timer.set(restMs, () => this.flush());
  }

  /** Keeps what has not been kept yet. */
  flush(): void {
    this.#timer.clear();
    if (!this.#pending) return;
    const [consumer, text] = this.#pending;
    this.#pending = undefined;
    this.#unkept.delete(consumer);
    try {
      if (text.trim() === "") localStorage.removeItem(this.#prefix + consumer);
      else localStorage.setItem(this.#prefix + consumer, text);
    } catch {
      // Full or refused.
      this.#unkept.set(consumer, text);
    }
  }
}
