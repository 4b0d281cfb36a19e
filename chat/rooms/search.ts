import type { Search, SearchResult } from "../../protocol/portal.ts";
import type { Room } from "../../protocol/records.ts";
import { parsePhrases } from "../../db/search_phrases.ts";
import type { Chat } from "../chat.ts";
import { FairQueue } from "../limits/fair_queue.ts";
import { costs } from "../limits/meter.ts";
import { wireRoom } from "./wire_room.ts";
import { contactsLike } from "../visitors/contact.ts";
import { demand } from "../permissions.ts";
import type { Who } from "../who.ts";

/** Visitors in a result, and pages of the inbox that are searched for them. */
const mostPeople = 5, mostPages = 5;

/** Concurrent searches, and waiting ones per account. */
const queue = new FairQueue({ atOnce: 2, mostWaiting: 4 });

/**
 * Finds messages and, on the first page, visitors of one admin; each message with an excerpt around the match.
 * @throws {Forbidden | RateLimited | Unavailable}
 */
export async function search(chat: Chat, who: Who, asked: Search): Promise<SearchResult> {
  const admin = demand(who, "read");
  const { result } = await queue.run(admin, () => {
    // It takes another thread's time, which the queue shares out; it says nothing about this account's usage.
    chat.meter?.account(admin).charge(costs.search);
    return found(chat, admin, asked);
  }, ({ ms }) => ms);
  return result;
}

async function found(chat: Chat, admin: string, { q, cursor, limit }: Search) {
  const phrases = parsePhrases(q);
  const [people, page] = await Promise.all([
    cursor === undefined ? peopleCalled(chat, admin, q.trim()) : [],
    chat.store.searchMessages(admin, { phrases, limit, cursor }),
  ]);
  const messages = page.found.map(({ room, message, excerpt: { content, marks, from, of } }) => ({
    room: wireRoom(chat.audience, room),
    message: { ...message, content },
    marks,
    ...(content.length < of && { cut: { from, of } }),
  }));
  const result: SearchResult = { people, messages, cursor: page.cursor, complete: page.complete };
  return { result, ms: page.ms };
}

async function peopleCalled(chat: Chat, admin: string, q: string): Promise<Room[]> {
  const found: Room[] = [];
  if (q.length < 2) return found;
  let cursor: string | undefined;
  for (let looked = 0; looked < mostPages && found.length < mostPeople; looked++) {
    const limit = mostPeople - found.length;
    const page = await chat.store.rooms(admin, { limit, cursor, filter: "all", q, messages: 0 });
    found.push(...page.rooms.map(({ room }) => wireRoom(chat.audience, room)));
    cursor = page.cursor;
    if (cursor === undefined) break;
  }
  for (const consumer of found.length < mostPeople ? await contactsLike(chat, admin, q, mostPeople) : []) {
    const isFound = found.length >= mostPeople || found.some((room) => room.consumer === consumer);
    const room = isFound ? undefined : await chat.store.room({ admin, consumer });
    if (room) found.push(wireRoom(chat.audience, room));
  }
  return found;
}
