import type { Message } from "../protocol/records.ts";
import type { Excerpt, Phrase } from "./search_phrases.ts";
import type { RoomRecord } from "./room.ts";

/** How a store finds messages by their words. What a word is, `search_words.ts` says for every engine. */
export interface SearchStore {
  /**
   * The texts of an admin's rooms that hold all the phrases, newest first, at most `limit`. Nothing of another admin is
   * ever looked into for an answer. A text is found as soon as `appendMessage` has resolved, and never again once
   * `forgetVisitor` has.
   */
  searchMessages(admin: string, asked: SearchQuery): Promise<SearchPage>;
}

export interface SearchQuery {
  /** None finds nothing. */
  phrases: Phrase[];
  limit: number;
  /** From an earlier page of the same query; one that is no cursor is like none. */
  cursor?: string;
}

export interface SearchPage {
  found: { room: RoomRecord; message: Message; excerpt: Excerpt }[];
  /** Where the next page begins; absent on the last. */
  cursor?: string;
  /** False while an index is being built, and where the time for one query was over: texts may be missing. */
  complete: boolean;
  /** Milliseconds that a thread worked on it, where others had to wait for that; it may have waited longer itself. */
  ms?: number;
}
