import { z } from "zod";
import { type agentStatuses, maxButtons, maxClientIdLength, roomStatuses } from "./limits.ts";
import { isStorable, plainText } from "./text.ts";

/** A point in time: ISO 8601, UTC, milliseconds. */
export const Time = z.iso.datetime({ precision: 3 });

/** A client's own id of what it sends: a repeated request is recognized by it. */
export const ClientId = z.string().min(1).max(maxClientIdLength).refine(isStorable, "a broken character");

/** A side of a room: its admin or its visitor. */
export const Side = z.enum(["admin", "visitor"]);
export type Side = z.infer<typeof Side>;

export const RoomStatus = z.enum(roomStatuses);
export type RoomStatus = z.infer<typeof RoomStatus>;
/** A status that an agent may set. */
export type AgentStatus = typeof agentStatuses[number];

/**
 * `text` is what somebody wrote. `status` records that the room's status changed; its content is the new status.
 * `edit` records that its author changed or deleted an earlier text; its content is the new text.
 * A client without the subprotocol gets `text` alone.
 */
export const MessageKind = z.enum(["text", "status", "edit"]);
export type MessageKind = z.infer<typeof MessageKind>;

/** An agent as everybody may know it: never by the name that it signs in with. */
export const AgentRef = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/).describe("a public id of the agent in its workspace"),
  name: z.string().max(100).optional().describe("the display name"),
  avatar_url: z.string().max(2_000).optional(),
});
export type AgentRef = z.infer<typeof AgentRef>;

/** Who wrote on the admin's side. */
export const MessageBy = z.union([z.literal("bot"), AgentRef]);
export type MessageBy = z.infer<typeof MessageBy>;

const Line = (max: number) => plainText(1, max);
const Id = z.string().min(1).max(64).refine(isStorable, "a broken character");
const Link = z.url().max(2_000);

/** A button under a message: pressed by its id, or a link. */
export const Button = z.object({
  id: Id,
  label: Line(120),
  url: Link.optional().describe("the button is a link, and is not pressed"),
});
export type Button = z.infer<typeof Button>;

const Buttons = z.array(Button).max(maxButtons);

/** What a message carries beside its text, which stays complete without it. */
export const MessageExtra = z.discriminatedUnion("type", [
  z.object({ type: z.literal("buttons"), buttons: Buttons.min(1) }),
  z.object({
    type: z.literal("answer"),
    answer: Id.optional().describe("the answer that it is from"),
    sources: z.array(z.object({ n: z.int().min(1), title: Line(200), url: Link.optional() })).max(10)
      .optional(),
    buttons: Buttons.optional(),
    helpful: z.literal(true).optional().describe("asks whether it was helpful: buttons `yes` and `no`"),
  }),
  z.object({ type: z.literal("rating"), episode: Id }),
]);
export type MessageExtra = z.infer<typeof MessageExtra>;

/** The button that a message presses. */
export const Reply = z.object({
  seq: z.int().min(1).describe("of the message with the buttons"),
  button: Id,
});
export type Reply = z.infer<typeof Reply>;

/** What a message of kind `edit` changes. */
export const MessageEdit = z.object({
  seq: z.int().min(1).describe("of the text that its author changed"),
  deleted: z.literal(true).optional().describe("the text was deleted"),
});
export type MessageEdit = z.infer<typeof MessageEdit>;

/** One message as it stands on the wire. */
export const Message = z.object({
  author: z.string().describe("the admin's username, or the consumer id"),
  side: Side.describe("who wrote it, whatever the author is called"),
  content: z.string(),
  room: z.string().describe('"<admin> <consumer>"'),
  created: Time,
  id: z.string(),
  seq: z.int().min(1).describe("1, 2, 3 … in its room, without gaps"),
  kind: MessageKind,
  client_id: z.string().optional().describe("as its sender gave it; the other side may use the same"),
  by: MessageBy.optional().describe("who wrote it on the admin's side, where that is not the admin alone"),
  extra: MessageExtra.optional().describe("what it carries beside its text, which is complete without it"),
  reply: Reply.optional().describe("the button that it presses"),
  edit: MessageEdit.optional().describe(
    "kind `edit`: what it changes; an empty content that deletes nothing was replaced by a later edit",
  ),
  edited: z.int().min(1).optional().describe("seq of the `edit` that this text already includes"),
  deleted: z.literal(true).optional().describe("its author deleted it: its content is empty"),
});
export type Message = z.infer<typeof Message>;

/** How far each side has read: a seq, 0 for nothing. */
export const ReadMarks = z.object({ admin: z.int().min(0), visitor: z.int().min(0) });
export type ReadMarks = z.infer<typeof ReadMarks>;

/**
 * A visitor's profile, as far as it is known: what the host site has signed, else what agents wrote, else what the
 * visitor says.
 */
export const VisitorProfile = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  verified: z.boolean().describe(
    "name and email come from a signed identity token, and the room opens to visitors with one alone",
  ),
});
export type VisitorProfile = z.infer<typeof VisitorProfile>;

/** One room of an admin's inbox, with its newest messages, oldest first. */
export const Room = z.object({
  consumer: z.string(),
  messages: z.array(Message),
  status: RoomStatus,
  status_by: z.string().optional().describe("who changed the status last"),
  status_at: Time.optional(),
  created: Time,
  active: Time.describe("when something happened in it last; lists are in this order"),
  seq: z.int().min(0).describe("seq of its newest message, 0 for none"),
  unread: z.int().min(0).describe("messages after the admin's read mark"),
  read: ReadMarks,
  online: z.boolean().describe("whether the visitor is here now"),
  visitor: VisitorProfile.optional(),
  blocked: z.boolean().optional().describe("the visitor is blocked: nothing it writes arrives"),
  assignee: z.string().optional().describe("id of the member who answers"),
  team: z.string().optional().describe("id of the team that answers"),
  labels: z.array(z.string()).optional().describe("ids"),
  snoozed_until: Time.optional().describe("the end of 9999: until the visitor writes"),
  waiting_since: Time.optional().describe("when the visitor began to wait for an answer"),
  due_at: Time.optional().describe("the nearest deadline that is not met yet"),
});
export type Room = z.infer<typeof Room>;
