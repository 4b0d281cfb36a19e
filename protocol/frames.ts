import { z } from "zod";
import { agentStatuses, maxMessagesPerPage, maxRoomsPerPage } from "./limits.ts";
import { ChatbotPublic } from "./chatbot.ts";
import { Assign, Availability, Label, MarkUnread, RoomBox, RoomSort, Snooze, Take } from "./desk.ts";
import { DeleteMessage, EditMessage } from "./edits.ts";
import { Consumer } from "./names.ts";
import { RoomCounts } from "./portal.ts";
import { ClientId, Message, ReadMarks, Reply, Room, RoomStatus } from "./records.ts";
import { Rate, Rated } from "./reports.ts";
import * as staff from "./staff.ts";
import { AgentId, MemberSeen, Role } from "./team.ts";
import { isStorable } from "./text.ts";

const Seq = z.int().min(0);

const FetchMessages = z.object({
  command: z.literal("fetch_messages"),
  consumer: Consumer.optional(),
  after: Seq.optional(),
  before: z.int().min(1).optional(),
  epoch: z.string().max(64).optional(),
  limit: z.int().min(1).max(maxMessagesPerPage).optional(),
}).refine((f) => f.after === undefined || f.before === undefined, "after or before, not both");

const NewMessage = z.object({
  command: z.literal("new_message"),
  consumer: Consumer.optional(),
  client_id: ClientId.optional(),
  seen: Seq.optional().describe(
    "the newest seq that an agent has seen: refused as overtaken after a colleague",
  ),
  reply: Reply.optional().describe("the visitor presses this button; the content is its label"),
  message: z.object({ author: z.unknown().optional(), content: z.string(), client_id: ClientId.optional() }),
});

/** Which rooms a page of the inbox holds. */
export const RoomFilter = z.enum(["open", "resolved", "unread", "all"]);
export type RoomFilter = z.infer<typeof RoomFilter>;

const FetchRooms = z.object({
  command: z.literal("fetch_rooms"),
  limit: z.int().min(1).max(maxRoomsPerPage).optional(),
  cursor: z.string().max(200).optional(),
  status: RoomFilter.optional(),
  q: z.string().max(200).refine(isStorable, "a broken character").optional(),
  box: RoomBox.optional().describe("a list of its own, whatever the status; members alone"),
  sort: RoomSort.optional(),
});

const NewRoom = z.object({ command: z.literal("new_room"), consumer: Consumer });
const Subscribe = z.object({ command: z.literal("subscribe") });
const Typing = z.object({ command: z.literal("typing"), consumer: Consumer.optional(), typing: z.boolean() });
const Read = z.object({ command: z.literal("read"), consumer: Consumer.optional(), seq: Seq });
const UpdateRoom = z.object({
  command: z.literal("update_room"),
  consumer: Consumer,
  status: z.enum(agentStatuses),
  ask: z.boolean().optional().describe("false: resolved without asking the visitor for a rating"),
});

/** Everything a client of section 3 may send. */
export const ClientFrame = z.discriminatedUnion("command", [
  FetchMessages,
  NewMessage,
  EditMessage,
  DeleteMessage,
  FetchRooms,
  NewRoom,
  Subscribe,
  Typing,
  Read,
  UpdateRoom,
  staff.Note,
  staff.FetchStaff,
  staff.Watch,
  staff.FetchNotices,
  staff.ReadNotices,
  Rate,
  Take,
  Assign,
  Label,
  Snooze,
  Availability,
  MarkUnread,
]);
export type ClientFrame = z.infer<typeof ClientFrame>;
export type Command = ClientFrame["command"];

/** The commands of section 2, as a client without the subprotocol may send them; other fields are ignored. */
export const SeedFrame = z.discriminatedUnion("command", [
  z.object({ command: z.literal("fetch_messages") }),
  NewMessage.omit({ consumer: true, seen: true, reply: true }),
  z.object({ command: z.literal("fetch_rooms") }),
  NewRoom,
]);

export const ErrorCode = z.enum([
  "bad_json",
  "unknown_command",
  "invalid_input",
  "forbidden",
  "not_allowed",
  "too_long",
  "rate_limited",
  "quota_reached",
  "overtaken",
  "conflict",
  "not_editable",
  "unavailable",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const Welcome = z.object({
  command: z.literal("welcome"),
  you: z.object({
    kind: z.enum(["admin", "visitor"]),
    name: z.string(),
    id: AgentId.optional().describe("public, of a member who is not alone"),
    role: Role.optional().describe("of a member who is not alone"),
  }),
  online: z.boolean().describe("whether the other side is here"),
  server_time: z.string(),
  epoch: z.string(),
  limits: z.object({
    content: z.int(),
    frame_bytes: z.int(),
    messages_per_page: z.int(),
    rooms_per_page: z.int(),
  }),
});

/**
 * A text of the bot while it is written. It is not stored; the message with the `client_id` replaces it. Any piece may be
 * missing.
 */
const PartialText = z.object({
  command: z.literal("partial"),
  consumer: z.string().optional(),
  id: z.string().describe("`client_id` of the message"),
  at: z.int().min(0).optional().describe("length of the text before this piece, in UTF-16 code units"),
  text: z.string().optional().describe("the next piece"),
  gone: z.literal(true).optional().describe("withdrawn: what was shown is removed"),
});

/** Everything the server sends. Frames on a subscribed room socket carry `consumer`. */
export const ServerFrame = z.discriminatedUnion("command", [
  Welcome,
  z.object({
    command: z.literal("messages"),
    consumer: z.string().optional(),
    messages: z.array(Message),
    epoch: z.string().optional(),
    has_more: z.boolean().optional().describe("more lie beyond this page, in the direction asked for"),
    recovered: z.boolean().optional().describe(
      "false: the cursor was of another life, this is the newest page",
    ),
    read: ReadMarks.optional(),
    status: RoomStatus.optional(),
  }),
  z.object({ command: z.literal("new_message"), consumer: z.string().optional(), message: Message }),
  z.object({
    command: z.literal("room"),
    rooms: z.array(Room),
    cursor: z.string().optional(),
    has_more: z.boolean().optional(),
    epoch: z.string().optional(),
  }),
  z.object({ command: z.literal("new_room"), room: Room }),
  z.object({ command: z.literal("room_exists") }),
  z.object({ command: z.literal("room_updated"), consumer: z.string(), room: Room }),
  z.object({ command: z.literal("room_forgotten"), consumer: z.string() }),
  z.object({ command: z.literal("counts"), ...RoomCounts.shape }),
  z.object({ command: z.literal("member_updated"), member: MemberSeen }),
  z.object({ command: z.literal("subscribed") }),
  staff.Staff,
  staff.StaffEntries,
  staff.Watching,
  staff.Suggest,
  staff.NoticeTold,
  staff.Notices,
  staff.NoticesRead,
  Rated,
  z.object({ command: z.literal("typing"), consumer: z.string().optional(), typing: z.boolean() }),
  PartialText,
  z.object({
    command: z.literal("read"),
    consumer: z.string().optional(),
    by: z.enum(["admin", "visitor"]),
    seq: z.int(),
  }),
  z.object({ command: z.literal("presence"), consumer: z.string().optional(), online: z.boolean() }),
  z.object({ command: z.literal("chatbot_updated"), chatbot: ChatbotPublic }),
  z.object({
    command: z.literal("error"),
    error: z.object({
      code: ErrorCode,
      message: z.string(),
      retry_after_ms: z.int().optional(),
      seq: z.int().optional().describe("overtaken: the newest of the room"),
      room: Room.optional().describe("conflict: as it is now"),
    }),
    re: z.string().optional(),
    client_id: z.string().optional(),
  }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
