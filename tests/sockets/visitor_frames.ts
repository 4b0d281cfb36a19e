import assert from "node:assert/strict";
import { z } from "zod";
import { roomStatuses } from "../../protocol/limits.ts";
import type { Frame } from "../harness/client.ts";

const Time = z.iso.datetime({ precision: 3 });
const count = z.int().min(0);

const Button = z.strictObject({
  id: z.string().regex(/^((answer|flow|url):[\w-]{1,32}|choice:\d{1,2}|person|none)$/),
  label: z.string(),
  url: z.url().optional(),
});
const Extra = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("buttons"), buttons: z.array(Button) }),
  z.strictObject({
    type: z.literal("answer"),
    answer: z.string().regex(/^[a-z0-9]{12}$/).optional(),
    sources: z.array(z.strictObject({ n: z.int(), title: z.string(), url: z.url().optional() })).optional(),
    buttons: z.array(Button).optional(),
    helpful: z.literal(true).optional(),
  }),
  z.strictObject({ type: z.literal("rating"), episode: z.string() }),
]);
const Agent = z.strictObject({
  id: z.string(),
  name: z.string().optional(),
  avatar_url: z.string().optional(),
});

const text = {
  author: z.string(),
  side: z.enum(["admin", "visitor"]),
  content: z.string(),
  room: z.string(),
  created: Time,
  id: z.string(),
  seq: z.int().min(1),
  client_id: z.string().optional(),
  deleted: z.literal(true).optional(),
};
/** As a client without the subprotocol gets it. */
const SeedMessage = z.strictObject({ ...text, kind: z.literal("text") });
const Message = z.strictObject({
  ...text,
  kind: z.enum(["text", "status", "edit"]),
  by: z.union([z.literal("bot"), Agent]).optional(),
  extra: Extra.optional(),
  reply: z.strictObject({ seq: z.int(), button: z.string() }).optional(),
  edit: z.strictObject({ seq: z.int(), deleted: z.literal(true).optional() }).optional(),
  edited: z.int().optional(),
}).refine(({ kind, content }) => kind !== "status" || roomStatuses.some((status) => status === content));

const Chatbot = z.strictObject({
  ...Object.fromEntries(
    [
      ...["title", "subtitle", "greeting", "away_message", "accent", "position", "launcher_text"],
      ...["avatar_url", "locale", "prechat", "business_hours", "holidays", "away", "require_identity"],
    ].map((name) => [name, z.unknown()]),
  ),
  username: z.string(),
  bot: z.strictObject({ name: z.string(), avatar_url: z.string() }).optional(),
});

const command = <T extends string>(name: T) => ({ command: z.literal(name) });
const failure = z.strictObject({
  ...command("error"),
  error: z.strictObject({ code: z.string(), message: z.string(), retry_after_ms: z.int().optional() }),
  re: z.string().optional(),
  client_id: z.string().optional(),
});

/** What a visitor's chat socket receives, written out once more and without a field to spare. */
export const VisitorFrame = z.discriminatedUnion("command", [
  z.strictObject({
    ...command("welcome"),
    you: z.strictObject({ kind: z.literal("visitor"), name: z.string() }),
    online: z.boolean(),
    server_time: Time,
    epoch: z.string(),
    limits: z.record(z.string(), z.int()),
  }),
  z.strictObject({
    ...command("messages"),
    messages: z.array(Message),
    epoch: z.string(),
    has_more: z.boolean(),
    recovered: z.boolean().optional(),
    read: z.strictObject({ admin: count, visitor: count }),
    status: z.enum(roomStatuses),
  }),
  z.strictObject({ ...command("new_message"), message: Message }),
  z.strictObject({ ...command("typing"), typing: z.boolean() }),
  z.strictObject({
    ...command("partial"),
    id: z.string().regex(/^bot:\d+:\d+$/),
    at: count.optional(),
    text: z.string().optional(),
    gone: z.literal(true).optional(),
  }),
  z.strictObject({ ...command("read"), by: z.enum(["admin", "visitor"]), seq: count }),
  z.strictObject({ ...command("presence"), online: z.boolean() }),
  z.strictObject({ ...command("chatbot_updated"), chatbot: Chatbot }),
  z.strictObject({ ...command("rated"), episode: z.string(), score: z.int(), until: Time }),
  failure,
]);

/** What a chat socket without the subprotocol receives. */
export const SeedVisitorFrame = z.discriminatedUnion("command", [
  z.strictObject({ ...command("messages"), messages: z.array(SeedMessage) }),
  z.strictObject({ ...command("new_message"), message: SeedMessage }),
  failure,
]);

/** What the call that opens a visitor's session answers. */
export const VisitorSession = z.strictObject({
  consumer: z.string(),
  token: z.string(),
  expires: Time,
  chatbot: Chatbot,
  online: z.boolean(),
});
export { Chatbot as PublicChatbot };

/** Verifies each of what was received. */
export function checkAll(schema: z.ZodType, frames: readonly Frame[]): void {
  for (const frame of frames) {
    const { error } = schema.safeParse(frame);
    assert.ok(!error, `${JSON.stringify(frame)}: ${error && z.prettifyError(error)}`);
  }
}
