import type { ErrorCode } from "../../protocol/frames.ts";
import type { Shelf } from "./key_value_storage.ts";
import { takeTurn } from "./tab_lock.ts";
import { uuidV7 } from "./uuid_v7.ts";

/** A message on its way. */
export interface Letter {
  client_id: string;
  content: string;
  /** Which outbox it was written in. */
  by?: string;
  /** Where one socket carries many rooms: whose room it is for. */
  consumer?: string;
  /** Milliseconds since 1970. */
  at: number;
  /** It is on the shelf: from now on it may be said to be on its way. */
  kept: boolean;
  /** Why the server will not have it. Unset while it is on its way. */
  refused?: ErrorCode | "expired";
}

/** A letter older than this is not sent without being asked again: its moment has passed. Milliseconds. */
const staleMs = 24 * 3600_000;
/**
 * How long another tab's letter is left to it where no lock tells whether that tab is alive: one that was just seen to
 * write, and one that wrote before this tab came. Milliseconds.
 */
const livingTabMs = 10_000, earlierTabMs = 1_000;

/**
 * What was written and not yet seen back from the server. Once a letter is `kept`, a tab closed while sending loses
 * nothing; of the tabs that see a letter, the one whose turn it is sends it.
 */
export class Outbox {
  #shelf: Shelf;
  #changed: () => void;
  #letters = new Map<string, Letter>();
  #ours = new Map<string, (() => void) | undefined>();
  #closing = new AbortController();
  #name = uuidV7();
  #unwatch: () => void;

  constructor(shelf: Shelf, changed: () => void) {
    this.#shelf = shelf;
    this.#changed = changed;
    this.#unwatch = shelf.watch((key, value) => {
      value === undefined ? this.#forget(key) : this.#adopt(key, value, livingTabMs);
      changed();
    });
    for (const [key, value] of shelf.entries()) this.#adopt(key, value, earlierTabMs);
  }

  /** In the order they were written. */
  get letters(): Letter[] {
    return [...this.#letters.values()].sort((a, b) => a.client_id < b.client_id ? -1 : 1);
  }

  has(client_id: string | undefined): boolean {
    return client_id !== undefined && this.#letters.has(client_id);
  }

  /** The next letter that this tab is to send. It overtakes none of the same writer that another tab is sending. */
  next(): Letter | undefined {
    const waiting = this.letters.filter(({ refused }) => !refused);
    return waiting.find(({ client_id, by }, i) =>
      this.#ours.has(client_id) && !waiting.slice(0, i).some((earlier) => earlier.by === by)
    );
  }

  add(content: string, consumer?: string): Letter {
    const at = Date.now();
    const letter: Letter = { client_id: uuidV7(), content, by: this.#name, consumer, at, kept: false };
    // Our turn is asked for before any other tab can see that there is something to send.
    this.#letters.set(letter.client_id, letter);
    void this.#waitForTurn(letter.client_id, 0);
    this.#keep(letter);
    return letter;
  }

  /** The server has it. */
  settle(client_id: string): void {
    if (!this.#letters.has(client_id)) return;
    this.#shelf.drop(client_id);
    this.#forget(client_id);
    this.#changed();
  }

  /** The server will not have it as it is. */
  refuse(client_id: string, why: Letter["refused"]): void {
    const letter = this.#letters.get(client_id);
    if (letter) this.#keep({ ...letter, refused: why });
  }

  /** Sends a refused letter once more, under the same id: it was never stored. */
  retry(client_id: string): void {
    const letter = this.#letters.get(client_id);
    if (!letter) return;
    this.#keep({ ...letter, at: Date.now(), refused: undefined });
    if (!this.#ours.has(client_id)) void this.#waitForTurn(client_id, 0);
  }

  /** Stops listening and lets other tabs send what is left. */
  close(): void {
    this.#closing.abort();
    this.#unwatch();
    for (const letGo of this.#ours.values()) letGo?.();
    this.#ours.clear();
  }

  #keep(letter: Letter): void {
    const { client_id } = letter;
    this.#letters.set(client_id, letter);
    this.#shelf.put(client_id, JSON.stringify(letter), () => this.#isKept(client_id));
    this.#changed();
  }

  #isKept(client_id: string): void {
    const letter = this.#letters.get(client_id);
    if (!letter || letter.kept) return;
    this.#letters.set(client_id, { ...letter, kept: true });
    this.#changed();
  }

  #adopt(client_id: string, text: string, withoutLocksMs: number): void {
    const letter = readLetter(client_id, text);
    if (!letter) return;
    const known = this.#letters.has(client_id);
    const isStale = Date.now() - letter.at > staleMs;
    this.#letters.set(client_id, isStale ? { ...letter, refused: letter.refused ?? "expired" } : letter);
    if (!known) void this.#waitForTurn(client_id, withoutLocksMs);
  }

  async #waitForTurn(client_id: string, withoutLocksMs: number): Promise<void> {
    const { signal } = this.#closing;
    const letGo = await takeTurn(`parlor:${client_id}`, signal);
    if (!letGo && withoutLocksMs) await pause(withoutLocksMs, signal);
    if (signal.aborted || !this.#letters.has(client_id)) return letGo?.();
    this.#ours.set(client_id, letGo);
    this.#changed();
  }

  #forget(client_id: string): void {
    this.#letters.delete(client_id);
    this.#ours.get(client_id)?.();
    this.#ours.delete(client_id);
  }
}

/** A page can read and write this shelf's texts, so they are checked like anything from outside. */
function readLetter(client_id: string, text: string): Letter | undefined {
  try {
    const { content, by, consumer, at, refused } = JSON.parse(text);
    if (typeof content !== "string" || typeof at !== "number") return undefined;
    return { client_id, content, by, consumer, at, refused, kept: true };
  } catch {
    return undefined;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const id = setTimeout(done, ms);
    signal.addEventListener("abort", () => (clearTimeout(id), done()), { once: true });
  });
}
