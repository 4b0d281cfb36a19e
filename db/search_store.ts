import type { Message } from "../protocol/records.ts";
import type { Excerpt, Phrase } from "./search_phrases.ts";
import type { RoomRecord } from "./room.ts";

/** Full-text search of messages. `search_words.ts` defines words for every engine. */
export interface SearchStore {
  /**
   * Messages of an admin's rooms that contain all phrases, newest first, at most `limit`. A query reads no
   * other admin's data. A message can be found once `appendMessage` has resolved, and never after
   * `forgetVisitor` has.
   */
  searchMessages(admin: string, asked: SearchQuery): Promise<SearchPage>;
}

export interface SearchQuery {
  /** An empty list matches nothing. */
  phrases: Phrase[];
  limit: number;
  /** From an earlier page of the same query; an invalid one is ignored. */
  cursor?: string;
}

export interface SearchPage {
  found: { room: RoomRecord; message: Message; excerpt: Excerpt }[];
  /** Where the next page begins; absent on the last. */
  cursor?: string;
  /**
   * False while an index is being built, and if the query exceeded its time limit: messages may be missing.
   */
  complete: boolean;
  /**
   * Milliseconds that the query occupied a worker thread, for engines where other queries wait for that
   * thread. Time in the queue is not included.
   */
  ms?: number;
}
