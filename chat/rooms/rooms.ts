import {
  maxPageBytes,
  maxRoomMessagesBytes,
  messagesPerRoom,
  roomsPerPage,
  roomStatuses,
} from "../../protocol/limits.ts";
import type { AgentStatus } from "../../protocol/records.ts";
import type { RoomBox, RoomSort } from "../../protocol/desk.ts";
import type { RoomFilter } from "../../protocol/frames.ts";
import { isUnguessable } from "../../protocol/unguessable.ts";
import type { Box, BoxAsked } from "../../db/desk_store.ts";
import { Moved, WrongStatus } from "../../db/errors.ts";
import type { MessageDraft, RoomKey, RoomRecord } from "../../db/store.ts";
import { chargeRoom } from "../limits/charges.ts";
import type { Sender } from "../audience.ts";
import { prepareForBot } from "../bot/give_back.ts";
import type { Chat } from "../chat.ts";
import { countNewId, refuseUsername } from "../visitors/consumer_ids.ts";
import { Forbidden, InvalidInput } from "../errors.ts";
import { ratingQuestion } from "../reports/rating.ts";
import { tellAppended } from "./messages.ts";
import { isShown, movesMark } from "./read_marks.ts";
import { keepRemembered } from "../visitors/visitor_facts.ts";
import { isVerified } from "../visitors/visitor_policy.ts";
import { demand } from "../permissions.ts";
import { roomOf, sideOf, type Who } from "../who.ts";
import { wireRoom } from "./wire_room.ts";

/**
 * Creates the room of a consumer unless it exists, and tells the admin of a new one.
 * A stranger may request an unguessable id only; otherwise it could find out who is a visitor.
 * @throws {Forbidden | RateLimited | Unavailable}
 */
export async function openRoom(
  chat: Chat,
  who: Who,
  consumer: string,
): Promise<{ room: RoomRecord; created: boolean }> {
  const key = who.kind === "stranger" ? { admin: who.admin, consumer } : roomOf(who, consumer);
  if (who.kind === "stranger" && !isUnguessable(consumer)) {
    throw new Forbidden("A consumer id that can be guessed needs its visitor token");
  }
  if (who.kind === "admin") demand(who, "write");
  else refuseUsername(key);
  if (who.kind === "stranger" && await isVerified(chat, key)) {
    throw new Forbidden("This conversation is for signed-in users");
  }
  const known = await chat.store.room(key);
  if (known) return { room: known, created: false };
  refuseUsername(key);
  if (who.kind === "stranger") countNewId(chat, who.address);
  chargeRoom(chat, who);
  const { room, created } = await roomNow(chat, key);
  if (created) {
    chat.quotas?.usage?.roomMade(key.admin);
    chat.audience.tell({ type: "room_opened", room });
    void keepRemembered(chat, key);
  }
  return { room, created };
}

/** Creates the room, unless it exists or was merged into another one. */
async function roomNow(chat: Chat, key: RoomKey): Promise<{ room: RoomRecord; created: boolean }> {
  try {
    return await chat.store.openRoom(key, chat.now());
  } catch (error) {
    if (!(error instanceof Moved)) throw error;
    return await roomNow(chat, { ...key, consumer: error.into });
  }
}

export interface RoomsRequest {
  limit?: number;
  cursor?: string;
  status?: RoomFilter;
  q?: string;
  box?: RoomBox;
  sort?: RoomSort;
}

/** A page of the inbox, or of one of its boxes. @throws {Forbidden} */
export async function listRooms(chat: Chat, who: Who, asked: RoomsRequest = {}) {
  const page = await chat.store.rooms(demand(who, "read"), {
    limit: asked.limit ?? roomsPerPage,
    cursor: asked.cursor,
    filter: asked.status ?? "all",
    q: asked.q?.trim() || undefined,
    box: asked.box === undefined ? undefined : boxOf(who, asked.box),
    sort: asked.sort,
    messages: messagesPerRoom,
    roomBytes: maxRoomMessagesBytes,
    bytes: maxPageBytes,
  });
  const rooms = page.rooms.map(({ room, messages }) => wireRoom(chat.audience, room, messages));
  return { rooms, cursor: page.cursor, has_more: page.cursor !== undefined };
}

/** A box by its name on the wire. */
function boxOf(who: Who, box: RoomBox): BoxAsked {
  if (box === "mine") return { kind: box, id: who.kind === "admin" ? who.agent.id : "" };
  const [kind, id] = box.split(":") as [Box, string?];
  return { kind, id };
}

/**
 * Sets a room's status; the change is a message of kind `status` in the thread.
 * Setting the present status changes nothing, also where two set it at once.
 * @throws {Forbidden | InvalidInput | Unavailable}
 */
export async function setStatus(
  chat: Chat,
  who: Who,
  consumer: string,
  status: AgentStatus,
  { ask }: { ask?: boolean } = {},
): Promise<{ room: RoomRecord; changed: boolean }> {
  demand(who, "write");
  const key = roomOf(who, consumer);
  const room = await chat.store.room(key);
  if (!room) throw new InvalidInput({ consumer: "no such room" });
  if (room.status === status) return { room, changed: false };
  if (status === "bot") await prepareForBot(chat, key);
  try {
    const extra = status === "resolved" ? await ratingQuestion(chat, key, ask) : undefined;
    const appended = await chat.store.appendMessage({ ...statusMessage(chat, who, key, status), extra });
    tellAppended(chat, key, appended);
    if (status === "bot") chat.bot?.due(appended.room);
    chat.desk?.nudge(key.admin);
    return { room: appended.room, changed: true };
  } catch (error) {
    if (!(error instanceof WrongStatus)) throw error;
    // Somebody else has set it meanwhile, or the room is gone.
    return await setStatus(chat, who, consumer, status, { ask });
  }
}

function statusMessage(chat: Chat, who: Who, key: RoomKey, status: AgentStatus): MessageDraft {
  const draft: MessageDraft = {
    ...{ ...key, side: "admin", kind: "status", content: status, at: chat.now() },
    onlyIf: { status: roomStatuses.filter((other) => other !== status) },
  };
  if (who.kind === "admin" && who.agent.ref) draft.by = who.agent.ref;
  return draft;
}

/** Moves this side's read mark and tells the room's other sockets. @throws {Forbidden | Unavailable} */
export async function markRead(
  chat: Chat,
  who: Who,
  asked: { consumer?: string; seq: number },
  from: Sender,
) {
  const key = roomOf(who, asked.consumer);
  const by = sideOf(who);
  if (by === "admin") demand(who, "write");
  if (!await movesMark(chat, who, key)) return;
  const seq = await chat.store.markRead(key, by, asked.seq);
  if (seq === undefined) return;
  const isKnown = by === "admin" && await isShown(chat, key, seq);
  chat.audience.tell({ type: "read", key, by, seq, from, ...(isKnown && { isShown: true }) });
}
