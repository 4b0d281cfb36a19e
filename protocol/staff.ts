import { z } from "zod";
import { maxMessagesPerPage } from "./limits.ts";
import { Consumer } from "./names.ts";
import { ClientId, Time } from "./records.ts";

/** What an entry of a staff log records. */
export const StaffEntryKind = z.enum([
  "note",
  "assigned",
  "labelled",
  "snoozed",
  "unsnoozed",
  "handed_off",
  "merged",
  "sla",
  "rated",
]);
export type StaffEntryKind = z.infer<typeof StaffEntryKind>;

/** Something that only members see of a room. */
export const StaffEntry = z.object({
  n: z.int().min(1).describe("1, 2, 3 … in its room, without gaps"),
  after: z.int().min(0).describe("seq of the room's newest message when the entry was made"),
  created: Time,
  by: z.object({ id: z.string(), name: z.string().optional() }).optional().describe(
    "the member who made it; absent: the service",
  ),
  kind: StaffEntryKind,
  client_id: z.string().optional(),
  text: z.string().optional().describe("of a note"),
  mentions: z.array(z.string()).optional().describe("ids of the members and teams that a note mentions"),
  detail: z.record(z.string(), z.unknown()).optional().describe("what changed; by kind"),
});
export type StaffEntry = z.infer<typeof StaffEntry>;

/** `consumer` is left out on a room's own socket. */
const aboutRoom = { consumer: Consumer.optional() };
const N = z.int().min(0);

export const Note = z.object({
  command: z.literal("note"),
  ...aboutRoom,
  client_id: ClientId.describe("the same again is stored once, and answered with what is stored"),
  text: z.string().describe("`@` with the name of a member or a team mentions them"),
});

export const FetchStaff = z.object({
  command: z.literal("fetch_staff"),
  ...aboutRoom,
  after: N.optional(),
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(maxMessagesPerPage).optional(),
}).refine((f) => f.after === undefined || f.before === undefined, "after or before, not both");

export const Staff = z.object({ command: z.literal("staff"), consumer: z.string(), entry: StaffEntry });

export const StaffEntries = z.object({
  command: z.literal("staff_entries"),
  consumer: z.string(),
  entries: z.array(StaffEntry).describe("oldest first"),
  has_more: z.boolean().describe("more lie beyond this page, in the direction asked for"),
});

/** Something about a room that a member should know. */
export const Notice = z.object({
  n: z.int().min(1).describe("increases with each notice of the member"),
  consumer: z.string(),
  created: Time,
  kind: z.enum(["mention", "assigned", "sla", "rated"]),
  by: z.object({ id: z.string(), name: z.string().optional() }).optional().describe(
    "the member who caused it; absent: the service",
  ),
  entry: z.int().optional().describe("number in the room's staff log"),
  detail: z.record(z.string(), z.unknown()).optional(),
});
export type Notice = z.infer<typeof Notice>;

export const FetchNotices = z.object({
  command: z.literal("fetch_notices"),
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(maxMessagesPerPage).optional(),
});
export const ReadNotices = z.object({ command: z.literal("read_notices"), up_to: N });

export const NoticeTold = z.object({ command: z.literal("notice"), notice: Notice });
export const Notices = z.object({
  command: z.literal("notices"),
  notices: z.array(Notice).describe("newest first"),
  read: N.describe("number of the newest that was read"),
  has_more: z.boolean(),
});
export const NoticesRead = z.object({ command: z.literal("notices_read"), up_to: N });

export const Watch = z.object({
  command: z.literal("watch"),
  consumer: Consumer.nullable().describe("the room that this socket's member has before it; null: none"),
  composing: z.boolean().default(false),
});

/** Answers of the chatbot that fit a visitor's text in a room that the member has before it. */
export const Suggest = z.object({
  command: z.literal("suggest"),
  consumer: z.string(),
  seq: N.describe("of the visitor's text"),
  answers: z.array(z.object({
    id: z.string(),
    title: z.string(),
    body: z.string(),
    confidence: z.number().min(0).max(1),
  })).max(3).describe("best first"),
});

/** To be repeated while it holds: it lapses after `watchLapsesMs`, the composing after `typingLapsesMs`. */
export const Watching = z.object({
  command: z.literal("watching"),
  consumer: z.string(),
  agents: z.array(z.object({ id: z.string(), composing: z.boolean() })).describe(
    "members who have the room before them",
  ),
});
