import type { Excerpt } from "../search_phrases.ts";
import type { Phrase } from "../search_phrases.ts";

/** Requests to the search Worker. */
export type SearchRequest =
  /** The store has committed something. */
  | { type: "wake" }
  | { type: "search"; id: number; admin: string; phrases: Phrase[]; limit: number; before: number }
  /** The rows of these rooms are deleted; their messages still exist. */
  | { type: "forget"; id: number; rooms: number[] }
  /** Texts of `replaced_texts` with these keys have been edited. */
  | { type: "replace"; id: number; keys: number[] }
  | { type: "close"; id: number };

/** A message that matches. */
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
  /** Start of the next page: only messages with smaller keys. */
  before?: number;
  complete: boolean;
}

/** A search result and the time that the Worker spent on it. Milliseconds. */
export interface TimedAnswer extends SearchAnswer {
  ms: number;
}

export type SearchReply =
  | { id: number; answer: TimedAnswer | undefined }
  | { id: number; failed: string }
  | { trouble: string };
