import { maxPageBytes, messagesPerPage } from "../../protocol/limits.ts";
import type { Message, MessageKind, Reply } from "../../protocol/records.ts";
import { isUsername } from "../../protocol/names.ts";
import { Blocked, Moved, Overtaken as OvertakenInStore } from "../../db/errors.ts";
import type { Appended, MessageDraft, RoomKey, RoomRecord } from "../../db/store.ts";
import { chargeMessage, chargeRoom } from "../limits/charges.ts";
import { checkPress } from "../bot/pressed.ts";
import type { Chat } from "../chat.ts";
import { withKeyedLock } from "../keyed_lock.ts";
import { wokenBy } from "../push/recipients.ts";
import { refuseNewUsername } from "../visitors/consumer_ids.ts";
import { checkContent } from "./content.ts";
import { Forbidden, InvalidInput, Overtaken } from "../errors.ts";
import { keepRemembered } from "../visitors/visitor_facts.ts";
import { demand } from "../permissions.ts";
import { isKnownAlone } from "../team/members.ts";
import { roomOf, sideOf, type Who } from "../who.ts";

export interface Draft {
  consumer?: string;
  content: string;
  client_id?: string;
  /** The newest seq that the writer has seen. Of an agent nothing is sent once a colleague or the bot has answered since. */
  seen?: number;
  /** The button of the bot that a visitor presses. */
  reply?: Reply;
}

/**
 * Stores a party's message in its room, then sends it to everyone who listens. Durable on return.
 * With a `client_id` that the room knows, nothing is sent and the message stored earlier is returned.
 * @throws {Forbidden | InvalidInput | TooLong | RateLimited | Overtaken | Unavailable}
 */
export async function sendMessage(chat: Chat, who: Who, draft: Draft): Promise<Appended> {
  const key = roomOf(who, draft.consumer);
  if (who.kind === "admin") demand(who, "write");
  checkContent(draft.content);
  if (isUsername(key.consumer, key.admin)) await refuseNewUsername(chat, key);
  chargeMessage(chat, who, key);
  if (who.kind === "visitor" && !who.roomKnown) await payForUnknownRoom(chat, who, key);
  if (who.kind === "admin" && chat.quotas && !chat.quotas.answered.has(key)) {
    await payForAnswer(chat, who, key);
  }
  try {
    const goes = who.kind === "visitor" && chat.bot ? chat.bot.takes(key.admin) : false;
    const toBot = typeof goes === "boolean" ? goes : await goes;
    const message = draftOf(who, key, draft, chat.now());
    if (toBot) message.toBot = true;
    const appended =
      await (draft.reply ? press(chat, who, message, draft.reply) : chat.store.appendMessage(message));
    if (appended.fresh) tellSent(chat, who, key, appended);
    return appended;
  } catch (error) {
    if (error instanceof Blocked) throw new Forbidden("You cannot write here any more");
    if (error instanceof Moved) return await sendMoved(chat, who, { ...draft, consumer: error.into });
    throw error instanceof OvertakenInStore ? new Overtaken(error.seq) : error;
  }
}

/** Stores a press after those that came before it were stored: a button is pressed once. @throws {InvalidInput} */
function press(chat: Chat, who: Who, draft: MessageDraft, reply: Reply): Promise<Appended> {
  if (who.kind !== "visitor") throw new InvalidInput({ reply: "only a visitor presses buttons" });
  return withKeyedLock(chat.store, `press ${draft.admin} ${draft.consumer}`, async () => {
    await checkPress(chat.store, draft, reply, draft.client_id);
    return await chat.store.appendMessage({ ...draft, reply });
  });
}

/** The room was merged into another one: a member writes there, a visitor only through a session of its own. */
async function sendMoved(chat: Chat, who: Who, draft: Draft): Promise<Appended> {
  if (who.kind === "admin") return await sendMessage(chat, who, draft);
  throw new Forbidden("This conversation goes on elsewhere: open the chat again");
}

function draftOf(who: Who, key: RoomKey, { content, client_id, seen }: Draft, at: number): MessageDraft {
  const draft: MessageDraft = { ...key, side: sideOf(who), kind: "text", content, client_id, at };
  if (who.kind !== "admin") return draft;
  if (who.agent.ref) draft.by = who.agent.ref;
  if (seen !== undefined) draft.onlyIf = { noOtherAfter: seen };
  return draft;
}

function tellSent(chat: Chat, who: Who, key: RoomKey, appended: Appended): void {
  tellAppended(chat, key, appended);
  const side = sideOf(who);
  chat.metrics?.messages.add(side);
  chat.quotas?.usage?.messageStored(key.admin, appended.message.content.length);
  if (appended.opened) chat.quotas?.usage?.roomMade(key.admin);
  if (appended.opened) void keepRemembered(chat, key);
  const { room, message } = appended;
  if (side === "visitor" && room.status === "bot") return chat.bot?.texted(appended);
  if (side === "visitor" && room.status === "waiting" && message.content.includes("@")) {
    chat.bot?.addressed(appended);
  }
  // Most workspaces have one member, at whose desk a text changes nothing; at the portal it is not woken either.
  const isAlone = isKnownAlone(chat, key.admin);
  if (!isAlone) chat.desk?.texted(who, appended);
  if (side !== "visitor" || isAlone && chat.audience.isAdminOnline(key.admin)) return;
  void chat.push?.wake(room, message.content, wokenBy(chat, room));
}

/** Sends the events of a write in the order that clients need: the room, the message, then the changed room. */
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
  if (!statusChanged) return;
  chat.audience.tell({ type: "room_updated", room });
  if (room.status !== "bot") chat.bot?.left(key);
}

/** An admin's first message to a visitor may create the room; from then on the visitor is no stranger. */
async function payForAnswer(chat: Chat, who: Who, key: RoomKey): Promise<void> {
  if (!await chat.store.room(key)) chargeRoom(chat, who);
  chat.quotas?.answered.add(key);
}

/** A first message creates a room, so it is charged as one; rooms are never removed by writing. */
async function payForUnknownRoom(chat: Chat, who: Extract<Who, { kind: "visitor" }>, key: RoomKey) {
  if (!await chat.store.room(key)) chargeRoom(chat, who);
  who.roomKnown = true;
}

export interface PageRequest {
  after?: number;
  before?: number;
  /** Epoch of the cursor. */
  epoch?: string;
  limit?: number;
  kind?: MessageKind;
}

export interface Page {
  messages: Message[];
  has_more: boolean;
  /** False: the cursor is of another epoch and this is the newest page. */
  recovered?: false;
}

/**
 * One page of a room, oldest first: after a seq, before one, or the newest; and the room at that time. The page ends
 * at `maxPageBytes` too.
 */
export async function readPage(
  chat: Chat,
  who: Who,
  consumer: string | undefined,
  asked: PageRequest,
): Promise<{ page: Page; room: RoomRecord | undefined }> {
  const key = roomOf(who, consumer);
  if (who.kind === "admin") demand(who, "read");
  const limit = asked.limit ?? messagesPerPage;
  const isOtherLife = asked.epoch !== undefined && asked.epoch !== chat.store.epoch;
  if (asked.after !== undefined && !isOtherLife) {
    const messages = await chat.store.messagesAfter(key, asked.after, limit, maxPageBytes);
    const room = await chat.store.room(key), head = room?.head ?? 0;
    // The cursor is of a room that was deleted and created anew: its seq exceeds the head.
    if (messages.length === 0 && asked.after > head) {
      return readPage(chat, who, consumer, { ...asked, epoch: "none" });
    }
    return { page: { messages, has_more: (messages.at(-1)?.seq ?? head) < head }, room };
  }
  const before = isOtherLife ? undefined : asked.before;
  const messages = await chat.store.messagesBefore(key, before, limit, asked.kind, maxPageBytes);
  const page: Page = { messages, has_more: (messages[0]?.seq ?? 1) > 1 };
  if (isOtherLife) page.recovered = false;
  return { page, room: await chat.store.room(key) };
}
