import { signal } from "@preact/signals";
import type { SearchHit, SearchResult } from "../../../protocol/portal.ts";
import type { Room } from "../../../protocol/records.ts";
import { call } from "../service/calls.ts";

interface Found {
  q: string;
  people: Room[];
  messages: SearchHit[];
  cursor?: string;
  isComplete: boolean;
  state: "idle" | "asking" | "there" | "failed";
  /** The error. */
  error?: unknown;
}

const nothing: Found = { q: "", people: [], messages: [], isComplete: true, state: "idle" };

/** Results of the latest search. Responses to earlier ones are dropped. */
export class Results {
  readonly found = signal<Found>(nothing);
  #asked = 0;

  async ask(q: string): Promise<void> {
    const asked = ++this.#asked;
    if (q.trim() === "") return void (this.found.value = nothing);
    this.found.value = { ...this.found.value, state: "asking" };
    await this.#fetch(asked, q, { ...nothing, q });
  }

  async more(): Promise<void> {
    const { q, cursor, state } = this.found.value;
    if (cursor === undefined || state === "asking") return;
    const before = this.found.value;
    this.found.value = { ...before, state: "asking" };
    await this.#fetch(++this.#asked, q, before, cursor);
  }

  async #fetch(asked: number, q: string, before: Found, cursor?: string): Promise<void> {
    const query = new URLSearchParams({ q, ...(cursor !== undefined && { cursor }) });
    let result: SearchResult;
    try {
      result = await call<SearchResult>("GET", `/messages/api/search?${query}`);
    } catch (error) {
      if (asked === this.#asked) this.found.value = { ...before, state: "failed", error };
      return;
    }
    if (asked !== this.#asked) return;
    this.found.value = {
      q,
      people: [...before.people, ...result.people],
      messages: [...before.messages, ...result.messages],
      cursor: result.cursor,
      isComplete: result.complete,
      state: "there",
    };
  }
}
