import { maxMessagesPerPage } from "../../protocol/limits.ts";
import { allQuestionsOf } from "../../db/collections/bot_questions.ts";
import { ratedEpisodesOf } from "../../db/collections/episodes.ts";
import { entriesAfter } from "../../db/collections/staff_log.ts";
import { answers } from "../../db/collections/knowledge/answers.ts";
import { articles } from "../../db/collections/knowledge/articles.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { VisitorRecord } from "../../db/visitor_store.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { beginDownload, type Download } from "../limits/download.ts";
import { answerSeen } from "../knowledge/answers.ts";
import { articleSeen } from "../knowledge/articles.ts";
import { exportedCanned } from "../desk/canned.ts";
import { wireEntries } from "../staff/staff_pages.ts";
import { wireRoom } from "./wire_room.ts";
import { demand } from "../permissions.ts";
import type { Who } from "../who.ts";

/** Rooms and visitors read at once, and bytes of messages: the memory that an export takes. */
const atOnce = 50, pageBytes = 64 * 1024;
/** Retry delay for an account with an export under way. Milliseconds. */
/** Begins an export; one per workspace at a time. @throws {RateLimited} while another one is under way */
export function beginExport(chat: Chat, who: Who): Download {
  return beginDownload(
    chat,
    { workspace: demand(who, "export"), kind: "conversations" },
    recorded(chat, who),
  );
}

/** The lines of an export that the audit log holds before they are read. */
async function* recorded(chat: Chat, who: Who): AsyncGenerator<string> {
  await audit(chat, who, { act: "exported" });
  yield* exportLines(chat, who);
}

/**
 * Everything stored about an admin's visitors as JSON lines: a line per room, `{"type":"room",…}` with the visitor's
 * facts in `facts`, then one per message, `{"type":"message",…}`, and one per entry of its staff log,
 * `{"type":"staff",…}`, oldest first, one per question that the bot has read, `{"type":"question",…}`, and one per
 * rating, `{"type":"rating",…}`; at the end a line per visitor without a room, `{"type":"visitor",…}`, and one per
 * canned reply, answer and article, `{"type":"canned",…}`. Read page by page, so that it is never in memory as a whole.
 */
export async function* exportLines(chat: Chat, who: Who): AsyncGenerator<string> {
  const admin = demand(who, "export");
  const began = chat.now();
  const done = new Set<string>();
  for await (const room of roomsOf(chat, admin)) yield* linesOf(chat, room, done);
  // A room with new activity has moved ahead of the position of this read.
  for await (const room of roomsOf(chat, admin)) {
    if (room.active < began) break;
    yield* linesOf(chat, room, done);
  }
  yield* visitorsWithoutRoom(chat, admin);
  for await (const one of exportedCanned(chat, who)) yield line({ type: "canned", ...one });
  for await (const one of answers.all(chat.store, admin)) yield line({ type: "answer", ...answerSeen(one) });
  for await (const one of articles.all(chat.store, admin)) {
    yield line({ type: "article", ...articleSeen(one) });
  }
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
  for (let after = 0, page; (page = await entriesAfter(chat.store, logOf(room), after, atOnce)).length > 0;) {
    const entries = await wireEntries(chat, page);
    yield entries.map((entry) => line({ type: "staff", consumer: room.consumer, ...entry })).join("");
    after = page.at(-1)!.n;
  }
  yield* questionLines(chat, room);
  for await (const { id, rating: { score, comment, at } } of ratedEpisodesOf(chat.store, room)) {
    const given = { consumer: room.consumer, episode: id, score, comment, at: new Date(at).toISOString() };
    yield line({ type: "rating", ...given });
  }
}

/** What the bot made of the visitor's questions. */
async function* questionLines(chat: Chat, { admin, consumer }: RoomRecord): AsyncGenerator<string> {
  for await (
    const { workspace: _, at, changed: __, review, ...question } of allQuestionsOf(chat.store, {
      workspace: admin,
      consumer,
    })
  ) {
    const decided = review && { review: { answer: review.answer, dismissed: review.dismissed } };
    yield line({ type: "question", ...question, at: new Date(at).toISOString(), ...decided });
  }
}

const logOf = ({ admin: workspace, consumer }: RoomRecord) => ({ workspace, consumer });

/** Visitors who gave a name, or have an identity, and have not written. */
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

/** Facts about a visitor besides name and email. */
function factsOf({ name: _, email: __, verified: ___, firstSeen, lastSeen, ...facts }: VisitorRecord) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return { ...facts, first_seen: iso(firstSeen), last_seen: iso(lastSeen) };
}

const line = (record: object) => `${JSON.stringify(record)}\n`;
