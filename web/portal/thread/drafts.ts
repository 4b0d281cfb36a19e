import { Timer } from "../../client/timer.ts";

/** Typing is stored after so long without input. Milliseconds. */
const restMs = 250;

/** Drafts by room, kept across reloads, separate for each account and workspace. */
export class Drafts {
  readonly #prefix: string;
  readonly #timer = new Timer();
  #pending?: [consumer: string, text: string];
  /** Those that the browser refused to store: kept in memory. */
  readonly #unkept = new Map<string, string>();

  readonly #closing = new AbortController();

  /** `prefix`: of the account and the workspace. */
  constructor(prefix: string) {
    this.#prefix = `${prefix}draft:`;
    addEventListener("pagehide", () => this.flush(), { signal: this.#closing.signal });
  }

  /** Stores what is pending, and nothing from then on: the account is signed out. */
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

  /** Stores a draft; an empty one is removed. */
  write(consumer: string, text: string): void {
    if (this.#closing.signal.aborted) return;
    if (this.#pending && this.#pending[0] !== consumer) this.flush();
    this.#pending = [consumer, text];
    this.#timer.set(restMs, () => this.flush());
  }

  /** Stores pending changes now. */
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
      // Storage is full or refused.
      this.#unkept.set(consumer, text);
    }
  }
}
