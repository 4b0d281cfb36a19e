import type { ErrorCode } from "../../protocol/frames.ts";
import type { Reply } from "../../protocol/records.ts";
import type { KeyValueStorage } from "./key_value_storage.ts";
import { acquireTabLock } from "./tab_lock.ts";
import { uuidV7 } from "./uuid_v7.ts";

/** What a message is about, besides its text. */
export interface About {
  /** Its room, where one socket carries many. */
  consumer?: string;
  /** Refused if a colleague wrote after this seq. */
  seen?: number;
  /** The button that it presses. */
  reply?: Reply;
}

/** A message not yet acknowledged. */
export interface PendingMessage extends About {
  client_id: string;
  content: string;
  /** The outbox (tab) that it was written in. */
  by?: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Stored: from now on the UI may show it as being sent. */
  kept: boolean;
  /** Why the server refused it. Unset while it is being sent. */
  refused?: ErrorCode | "expired";
}

/** An older message is not sent without confirmation. Milliseconds. */
const staleMs = 24 * 3600_000;
/**
 * How long another tab's message is left to it where no lock shows whether that tab is alive: of a tab that was just seen
 * writing, and of one that wrote before this tab opened. Milliseconds.
 */
const livingTabMs = 10_000, earlierTabMs = 1_000;

/**
 * Messages written and not yet acknowledged by the server. Once a message is `kept`, closing the tab while sending loses
 * nothing; among several tabs, the one that holds the message's lock sends it.
 */
export class Outbox {
  #storage: KeyValueStorage;
  #changed: () => void;
  #pending = new Map<string, PendingMessage>();
  #ours = new Map<string, (() => void) | undefined>();
  #closing = new AbortController();
  #name = uuidV7();
  #unwatch: () => void;

  constructor(storage: KeyValueStorage, changed: () => void) {
    this.#storage = storage;
    this.#changed = changed;
    this.#unwatch = storage.watch((key, value) => {
      value === undefined ? this.#forget(key) : this.#adopt(key, value, livingTabMs);
      changed();
    });
    for (const [key, value] of storage.entries()) this.#adopt(key, value, earlierTabMs);
  }

  /** In the order they were written. */
  get pending(): PendingMessage[] {
    return [...this.#pending.values()].sort((a, b) => a.client_id < b.client_id ? -1 : 1);
  }

  has(client_id: string | undefined): boolean {
    return client_id !== undefined && this.#pending.has(client_id);
  }

  /** The next message for this tab to send. It overtakes none of the same writer that another tab is sending. */
  next(): PendingMessage | undefined {
    const waiting = this.pending.filter(({ refused }) => !refused);
    return waiting.find(({ client_id, by }, i) =>
      this.#ours.has(client_id) && !waiting.slice(0, i).some((earlier) => earlier.by === by)
    );
  }

  add(content: string, about: About = {}): PendingMessage {
    const at = Date.now();
    const message: PendingMessage = {
      client_id: uuidV7(),
      content,
      by: this.#name,
      ...about,
      at,
      kept: false,
    };
    // The lock is requested before any other tab can see that there is something to send.
    this.#pending.set(message.client_id, message);
    void this.#waitForLock(message.client_id, 0);
    this.#keep(message);
    return message;
  }

  /** The server has stored it. */
  settle(client_id: string): void {
    if (!this.#pending.has(client_id)) return;
    this.#storage.drop(client_id);
    this.#forget(client_id);
    this.#changed();
  }

  /** The server has refused it. */
  refuse(client_id: string, why: PendingMessage["refused"]): void {
    const message = this.#pending.get(client_id);
    if (message) this.#keep({ ...message, refused: why });
  }

  /**
   * Sends a refused message once more, under the same id: it was never stored. A button that was refused would be again:
   * its label is sent as a text.
   */
  retry(client_id: string): void {
    const message = this.#pending.get(client_id);
    if (!message) return;
    this.#keep({ ...message, at: Date.now(), refused: undefined, reply: undefined });
    if (!this.#ours.has(client_id)) void this.#waitForLock(client_id, 0);
  }

  /** Stops listening and lets other tabs send what is left. */
  close(): void {
    this.#closing.abort();
    this.#unwatch();
    for (const letGo of this.#ours.values()) letGo?.();
    this.#ours.clear();
  }

  #keep(message: PendingMessage): void {
    const { client_id } = message;
    this.#pending.set(client_id, message);
    this.#storage.put(client_id, JSON.stringify(message), () => this.#isKept(client_id));
    this.#changed();
  }

  #isKept(client_id: string): void {
    const message = this.#pending.get(client_id);
    if (!message || message.kept) return;
    this.#pending.set(client_id, { ...message, kept: true });
    this.#changed();
  }

  #adopt(client_id: string, text: string, withoutLocksMs: number): void {
    const message = readPending(client_id, text);
    if (!message) return;
    const known = this.#pending.has(client_id);
    const isStale = Date.now() - message.at > staleMs;
    this.#pending.set(client_id, isStale ? { ...message, refused: message.refused ?? "expired" } : message);
    if (!known) void this.#waitForLock(client_id, withoutLocksMs);
  }

  async #waitForLock(client_id: string, withoutLocksMs: number): Promise<void> {
    const { signal } = this.#closing;
    const letGo = await acquireTabLock(`parlor:${client_id}`, signal);
    if (!letGo && withoutLocksMs) await pause(withoutLocksMs, signal);
    if (signal.aborted || !this.#pending.has(client_id)) return letGo?.();
    this.#ours.set(client_id, letGo);
    this.#changed();
  }

  #forget(client_id: string): void {
    this.#pending.delete(client_id);
    this.#ours.get(client_id)?.();
    this.#ours.delete(client_id);
  }
}

/** The host page can read and write this storage, so its values are validated like any other input. */
function readPending(client_id: string, text: string): PendingMessage | undefined {
  try {
    const { content, by, consumer, seen, reply, at, refused } = JSON.parse(text);
    if (typeof content !== "string" || typeof at !== "number") return undefined;
    return { client_id, content, by, consumer, seen, reply: readReply(reply), at, refused, kept: true };
  } catch {
    return undefined;
  }
}

function readReply(reply?: Partial<Reply>): Reply | undefined {
  const { seq, button } = reply ?? {};
  return typeof seq === "number" && typeof button === "string" ? { seq, button } : undefined;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const id = setTimeout(done, ms);
    signal.addEventListener("abort", () => (clearTimeout(id), done()), { once: true });
  });
}
