import type { Message } from "../protocol/records.ts";
import { shortOf, visitorWords } from "../protocol/visitor_name.ts";
import { type ByteBudget, jsonBytes, messageBytes } from "./byte_budget.ts";
import { foldText } from "./search_words.ts";
import type { RoomRecord, RoomsPage } from "./store.ts";

/** Rooms that one page of a search looks at, at most. */
export const searchWindow = 2_000;

/** What of a room is looked at to list it; `place` is the cursor of the page that begins after it. */
export interface Candidate {
  place: string;
  consumer: string;
  name?: string | null;
  email?: string | null;
}

/** How many candidates a page looks at. One more is asked for, to know whether there is more. */
export function windowOf({ limit, q }: { limit: number; q?: string }): number {
  return q ? searchWindow : limit;
}

/** The first `limit` candidates that match, of the first that a page looks at; and where to go on, if there is more. */
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

/** Whether a visitor is meant: by a part of the name, email or consumer id, or of what the portal calls one without a name. */
function matches({ consumer, name, email }: Candidate, wanted: string | undefined): boolean {
  if (!wanted) return true;
  if ([consumer, name, email].some((text) => text && foldText(text).includes(wanted))) return true;
  if (name || email) return false;
  const short = shortOf(consumer);
  return visitorWords.some((word) => foldText(`${word} ${short}`).includes(wanted));
}

/** What a room takes on the wire beside its visitor's profile and its messages. Bytes. */
const roomBytes = 600;

/** Takes room for one more of a page; false if the page ends before it. */
export function takeRoom(
  budget: ByteBudget,
  { room, messages }: { room: RoomRecord; messages: Message[] },
): boolean {
  if (budget.left === Infinity) return true;
  const messagesBytes = messages.reduce((sum, message) => sum + messageBytes(message), 0);
  return budget.take(roomBytes + jsonBytes(room.visitor ?? "") + messagesBytes);
}
