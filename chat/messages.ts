import { messagesPerPage } from "../protocol/limits.ts";
import type { Message, MessageKind } from "../protocol/records.ts";
import { isUsername } from "../protocol/names.ts";
import { Blocked } from "../db/errors.ts";
import { nameOf } from "../db/room_name.ts";
import type { Appended, RoomKey } from "../db/store.ts";
import { payForMessage, payForRoom } from "./allowance.ts";
import type { Chat } from "./chat.ts";
import { refuseNewUsername } from "./consumer_ids.ts";
import { checkContent } from "./content.ts";
import { Forbidden } from "./errors.ts";
import { keepRemembered } from "./visitor_facts.ts";
import { roomOf, sideOf, type Who } from "./who.ts";

export interface Draft {
  consumer?: string;
  content: string;
  client_id?: string;
}

/**
 * Stores what a party writes in its room, then tells everyone who listens. Durable on return.
 * With a `client_id` the room knows, nothing is told and the message stored then is answered.
 * @throws {Forbidden | InvalidInput | TooLong | RateLimited | Unavailable}
 */
export async function sendMessage(chat: Chat, who: Who, draft: Draft): Promise<Appended> {
  const key = roomOf(who, draft.consumer);
  checkContent(draft.content);
  if (isUsername(key.consumer, key.admin)) await refuseNewUsername(chat, key);
  payForMessage(chat, who, key);
  if (who.kind === "visitor" && !who.roomKnown) await payForUnknownRoom(chat, who, key);
  if (who.kind === "admin") await payForAnswer(chat, who, key);
  const appended = await append(chat, who, key, draft);
  if (appended.fresh) tellSent(chat, who, key, appended);
  return appended;
}

function append(chat: Chat, who: Who, { admin, consumer }: RoomKey, { content, client_id }: Draft) {
  const side = sideOf(who), at = chat.now();
  return chat.store.appendMessage({ admin, consumer, side, kind: "text", content, client_id, at })
    .catch(orForbidden);
}

function orForbidden(error: unknown): never {
  throw error instanceof Blocked ? new Forbidden("You cannot write here any more") : error;
}

function tellSent(chat: Chat, who: Who, key: RoomKey, appended: Appended): void {
  tellAppended(chat, key, appended);
  const side = sideOf(who);
  chat.metrics?.messages.add(side);
  chat.quotas?.usage?.messageStored(key.admin, appended.message.content.length);
  if (appended.opened) chat.quotas?.usage?.roomMade(key.admin);
  if (appended.opened) void keepRemembered(chat, key);
  const isMissed = side === "visitor" && !chat.audience.isAdminOnline(key.admin);
  if (isMissed) void chat.push?.wake(appended.room, appended.message.content);
}

/** Tells of a write in the order its readers need: the room, then the message, then what it did to the room. */
export function tellAppended(
  chat: Chat,
  key: RoomKey,
  { fresh, opened, message, room, statusChanged }: Appended,
) {
  if (!fresh) return;
  if (opened) {
    chat.audience.tell({ type: "room_opened", room: { ...room, head: 0, read: { admin: 0, visitor: 0 } } });
  }
  chat.audience.tell({ type: "message", key, message });
  if (statusChanged) chat.audience.tell({ type: "room_updated", room });
}

/** An admin's first message to a visitor may make the room too; from then on the visitor is no stranger. */
async function payForAnswer(chat: Chat, who: Who, key: RoomKey): Promise<void> {
  const answered = chat.quotas?.answered, room = nameOf(key);
  if (!answered || answered.has(room)) return;
  if (!await chat.store.room(key)) payForRoom(chat, who);
  answered.add(room);
}

/** A first message makes a room, so it costs one; a room once seen stays. */
async function payForUnknownRoom(chat: Chat, who: Extract<Who, { kind: "visitor" }>, key: RoomKey) {
  if (!await chat.store.room(key)) payForRoom(chat, who);
  who.roomKnown = true;
}

export interface PageRequest {
  after?: number;
  before?: number;
  /** Of the life in which the cursor was made. */
  epoch?: string;
  limit?: number;
  kind?: MessageKind;
}

export interface Page {
  messages: Message[];
  has_more: boolean;
  /** False: the cursor is of another life and this is the newest page. */
  recovered?: false;
}

/** One page of a room, oldest first: after a seq, before one, or the newest. */
export async function readPage(
  chat: Chat,
  who: Who,
  consumer: string | undefined,
  page: PageRequest,
): Promise<Page> {
  const key = roomOf(who, consumer);
  const limit = page.limit ?? messagesPerPage;
  const otherLife = page.epoch !== undefined && page.epoch !== chat.store.epoch;
  if (page.after !== undefined && !otherLife) {
    const messages = await chat.store.messagesAfter(key, page.after, limit + 1);
    if (messages.length === 0 && await isBeyond(chat, key, page.after)) {
      return readPage(chat, who, consumer, { ...page, epoch: "none" });
    }
    return { messages: messages.slice(0, limit), has_more: messages.length > limit };
  }
  const before = otherLife ? undefined : page.before;
  const messages = await chat.store.messagesBefore(key, before, limit + 1, page.kind);
  const newest = { messages: messages.slice(-limit), has_more: messages.length > limit };
  return otherLife ? { ...newest, recovered: false } : newest;
}

/** Whether a cursor is of a room that was forgotten and begun anew: it has seen more than there is. */
async function isBeyond(chat: Chat, key: RoomKey, after: number): Promise<boolean> {
  return after > ((await chat.store.room(key))?.head ?? 0);
}
