import type { Excerpt } from "../search_phrases.ts";
import type { Phrase } from "../search_phrases.ts";

/** What the Worker of the search index is told. */
export type SearchRequest =
  /** Something was committed. */
  | { type: "wake" }
  | { type: "search"; id: number; admin: string; phrases: Phrase[]; limit: number; before: number }
  /** The rows of these rooms are gone; their messages are still there. */
  | { type: "forget"; id: number; rooms: number[] }
  | { type: "close"; id: number };

/** A message that was found. */
export interface FoundRow {
  key: number;
  consumer: string;
  seq: number;
  side: number;
  kind: number;
  created: number;
  content: string;
  client_id: string | null;
  details: string | null;
  excerpt: Excerpt;
}

export interface SearchAnswer {
  rows: FoundRow[];
  /** Where the next page begins: only messages of a smaller key. */
  before?: number;
  complete: boolean;
}

/** A search's answer and the time that the thread took for it. Milliseconds. */
export interface TimedAnswer extends SearchAnswer {
  ms: number;
}

export type SearchReply =
  | { id: number; answer: TimedAnswer | undefined }
  | { id: number; failed: string }
  | { trouble: string };
