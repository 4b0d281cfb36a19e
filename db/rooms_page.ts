import type { Message } from "../protocol/records.ts";
import { shortOf, visitorWords } from "../protocol/visitor_name.ts";
import { type ByteBudget, jsonBytes, messageBytes } from "./byte_budget.ts";
import { foldText } from "./search_words.ts";
import type { RoomRecord, RoomsPage } from "./store.ts";

/** Maximum number of rooms that one page of a search examines. */
export const searchWindow = 2_000;

/** The fields of a room that the list needs; `place` is the cursor of the page after it. */
export interface Candidate {
  place: string;
  consumer: string;
  name?: string | null;
  email?: string | null;
}

/**
 * Number of candidates that a page examines; the caller requests one more to learn whether there is a next
 * page.
 */
export function windowOf({ limit, q }: { limit: number; q?: string }): number {
  return q ? searchWindow : limit;
}

/**
 * The first `limit` matching candidates among those that a page examines, and the cursor of the next page, if
 * any.
 */
export function choose<C extends Candidate>(
  candidates: C[],
  { limit, q }: { limit: number; q?: string },
): { found: C[]; cursor?: RoomsPage["cursor"] } {
  const found: C[] = [];
  const wanted = q && foldText(q);
  let looked = 0;
  for (const candidate of candidates.slice(0, windowOf({ limit, q }))) {
    looked++;
    if (matches(candidate, wanted)) found.push(candidate);
    if (found.length === limit) break;
  }
  const last = candidates[looked - 1];
  return last && looked < candidates.length ? { found, cursor: last.place } : { found };
}

/**
 * Whether a room matches a search: by part of the name, email or consumer id, or of the portal's label for
 * unnamed visitors.
 */
function matches({ consumer, name, email }: Candidate, wanted: string | undefined): boolean {
  if (!wanted) return true;
  if ([consumer, name, email].some((text) => text && foldText(text).includes(wanted))) return true;
  if (name || email) return false;
  const short = shortOf(consumer);
  return visitorWords.some((word) => foldText(`${word} ${short}`).includes(wanted));
}

/** Upper bound of a room's JSON without its visitor's profile, labels and messages; and of a label. Bytes. */
const roomBytes = 800, labelBytes = 16;

/** Reserves space for one more room of a page; returns false if it does not fit. */
export function takeRoom(
  budget: ByteBudget,
  { room, messages }: { room: RoomRecord; messages: Message[] },
): boolean {
  if (budget.left === Infinity) return true;
  const messagesBytes = messages.reduce((sum, message) => sum + messageBytes(message), 0);
  const labelsBytes = (room.labels?.length ?? 0) * labelBytes;
  return budget.take(roomBytes + labelsBytes + jsonBytes(room.visitor ?? "") + messagesBytes);
}
