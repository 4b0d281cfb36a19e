import assert from "node:assert/strict";
import { entriesAfter } from "../../../db/collections/staff_log.ts";
import { questionsOf } from "../../../db/collections/bot_questions.ts";
import type { Client, Frame } from "../../harness/client.ts";
import { BotParlor } from "./bot_parlor.ts";

/** The next text of the bot that this socket hears. */
async function botText(socket: Client): Promise<Frame> {
  for (;;) {
    const { message } = await socket.next("new_message");
    if (message.by === "bot" && message.kind === "text") return message;
  }
}
const statusOf = async ({ chat }: BotParlor, consumer: string) =>
  (await chat.store.room({ admin: "asha", consumer }))?.status;
const staff = (bot: BotParlor, consumer: string) =>
  entriesAfter(bot.chat.store, { workspace: "asha", consumer }, 0, 50);

Deno.test("the bot answers a text, once, and says that it writes meanwhile", async () => {
  await using bot = await BotParlor.start();
  const { socket, consumer, key } = await bot.visit();
  socket.send({ command: "new_message", message: { content: "Where is my" } });
  socket.send({ command: "new_message", message: { content: "order?" } });
  await bot.write({ title: "Where is my\norder?", body: "On its way, as one question." });
  assert.equal((await socket.next("typing")).typing, true);
  const answer = await botText(socket);
  assert.deepEqual([answer.content, answer.client_id, answer.side], [
    "On its way, as one question.",
    "bot:2:0",
    "admin",
  ]);
  assert.equal(answer.extra.helpful, true);
  assert.equal((await socket.next("typing")).typing, false);
  assert.equal(await statusOf(bot, consumer), "bot");
  const [question] = await questionsOf(bot.chat.store, { workspace: "asha", consumer }, 5);
  assert.deepEqual([question?.outcome, question?.seq, question?.confidence], ["answered", 2, 1]);
  const room = (await bot.chat.store.room(key))!;
  assert(room.botDueAt! > Date.now() + 29 * 60_000, "then the visitor has half an hour");
  assert.equal(room.head, 3);
  assert.deepEqual(bot.faults, []);
});

Deno.test("what it does not know it hands over, with the reason for members alone", async () => {
  await using bot = await BotParlor.start();
  const inbox = await bot.parlor.inbox(bot.admin);
  const { socket, consumer, key } = await bot.visit();
  await socket.say("What is love?");
  const text = await botText(socket);
  assert.match(text.content, /colleague/);
  const { message } = await socket.next("new_message");
  assert.deepEqual([message.kind, message.content, message.by], ["status", "waiting", "bot"]);
  await inbox.until(() => inbox.frames.some(({ room }) => room?.status === "waiting"));
  const [entry] = await staff(bot, consumer);
  assert.deepEqual([entry?.kind, entry?.detail], ["handed_off", { reason: "unknown" }]);
  const room = (await bot.chat.store.room(key))!;
  assert.equal(room.waitingSince, Date.parse(message.created));
  assert(room.head > room.read.admin, "it is unread");
  assert(!JSON.stringify(socket.frames).includes("unknown"));
});
