import { maxMessagesPerPage } from "../../protocol/limits.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { VisitorRecord } from "../../db/visitor_store.ts";
import type { Chat } from "../chat.ts";
import { RateLimited } from "../errors.ts";
import { costOf, costs } from "../limits/meter.ts";
import { wireRoom } from "./wire_room.ts";
import { adminOnly, type Who } from "../who.ts";

/** Rooms and visitors that are read at once, and bytes of messages: so much of an export stands in memory. */
const atOnce = 50, pageBytes = 64 * 1024;
/** Milliseconds after which whoever has an export under way may try again. */
const retryMs = 10_000;

/** The accounts with an export under way, by the service's parts. */
const underWay = new WeakMap<Chat, Set<string>>();

/** An export that has begun. It is over once its lines are read, or returned from. */
export interface Export {
  lines: AsyncGenerator<string>;
  /** Lets the account begin another one. To be called when nobody reads this one any more. */
  end(): void;
}

/** Begins an export; an account has one at a time. @throws {RateLimited} while another one is under way */
export function beginExport(chat: Chat, who: Who): Export {
  const admin = adminOnly(who);
  const all = underWay.get(chat) ?? new Set<string>();
  underWay.set(chat, all);
  if (all.has(admin)) throw new RateLimited(retryMs, "An export of this account is under way");
  all.add(admin);
  return { lines: paid(chat, admin, exportLines(chat, who)), end: () => void all.delete(admin) };
}

/** Lines are paid for by the account as they are read; when it has nothing left, they come more slowly. */
async function* paid(chat: Chat, admin: string, lines: AsyncGenerator<string>): AsyncGenerator<string> {
  const payer = chat.meter?.account(admin);
  for await (const some of lines) {
    payer?.charge(costOf(some.length));
    yield some;
    // Each page in a turn of the loop of its own: a peer that takes all at once would have all read in one.
    await new Promise((resolve) => setTimeout(resolve));
    await payer?.turn();
    for (let wait; payer && (wait = payer.take(costs.frame)) > 0;) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(wait!, 1_000)));
    }
  }
}

/**
 * Everything that is kept of an admin's visitors, as lines of JSON: a line for a room, `{"type":"room",…}` with what is
 * known of its visitor in `facts`, then one for each of its messages, `{"type":"message",…}`, oldest first; in the end a
 * line for each visitor who is known and has no room, `{"type":"visitor",…}`. Read page by page, so that it never stands
 * in memory whole.
 */
export async function* exportLines(chat: Chat, who: Who): AsyncGenerator<string> {
  const admin = adminOnly(who);
  const began = chat.now();
  const done = new Set<string>();
  for await (const room of roomsOf(chat, admin)) yield* linesOf(chat, room, done);
  // A room in which something happened meanwhile has moved ahead of where we were reading.
  for await (const room of roomsOf(chat, admin)) {
    if (room.active < began) break;
    yield* linesOf(chat, room, done);
  }
  yield* visitorsWithoutRoom(chat, admin);
}

async function* roomsOf(chat: Chat, admin: string): AsyncGenerator<RoomRecord> {
  let cursor: string | undefined;
  do {
    const page = await chat.store.rooms(admin, { limit: atOnce, cursor, filter: "all", messages: 0 });
    for (const { room } of page.rooms) yield room;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

async function* linesOf(chat: Chat, room: RoomRecord, done: Set<string>): AsyncGenerator<string> {
  if (done.has(room.id)) return;
  done.add(room.id);
  const { messages: _, online: __, ...rest } = wireRoom(chat.audience, room);
  const visitor = await chat.store.visitor(room);
  yield line({ type: "room", ...rest, ...(visitor && { facts: factsOf(visitor) }) });
  for (let after = 0; after < room.head;) {
    const page = await chat.store.messagesAfter(room, after, maxMessagesPerPage, pageBytes);
    if (page.length === 0) return;
    yield page.map((message) => line({ type: "message", ...message })).join("");
    after = page.at(-1)!.seq;
  }
}

/** Who gave a name, or was vouched for, and has not written. */
async function* visitorsWithoutRoom(chat: Chat, admin: string): AsyncGenerator<string> {
  let after: string | undefined;
  while (true) {
    const some = await chat.store.visitors(admin, after, atOnce);
    for (const { consumer, visitor } of some) {
      if (!await chat.store.room({ admin, consumer })) {
        const { name, email, verified } = visitor;
        yield line({ type: "visitor", consumer, name, email, verified, facts: factsOf(visitor) });
      }
    }
    if (some.length < atOnce) return;
    after = some.at(-1)!.consumer;
  }
}

/** What is known of a visitor beside its name and email. */
function factsOf({ name: _, email: __, verified: ___, firstSeen, lastSeen, ...facts }: VisitorRecord) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return { ...facts, first_seen: iso(firstSeen), last_seen: iso(lastSeen) };
}

const line = (record: object) => `${JSON.stringify(record)}\n`;
