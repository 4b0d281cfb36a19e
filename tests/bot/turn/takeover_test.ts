import assert from "node:assert/strict";
import type { Generate } from "../../../bot/llm/generate.ts";
import type { Client, Frame } from "../../harness/client.ts";
import { BotParlor } from "./bot_parlor.ts";

/** Conversations in which a person takes over, and those at once. */
const count = 200, atOnce = 20;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes a text in pieces for about 60 ms, whatever its signal says, and ends as the conversation's name wants it. */
const generate: Generate = async ({ onText, consumer }) => {
  for (let n = 0; n < 12; n++) {
    onText(`A piece of text, number ${n}, of a language model. `);
    await pause(Math.random() * 10);
  }
  return consumer.charCodeAt(0) % 3
    ? { kind: "answer", text: "The whole text [1].", sources: [{ n: 1, title: "Where is my order?" }] }
    : { kind: "handoff", reason: "uncited" };
};

/** Who takes over, and when: while the text is generated, before it, or after it. */
async function conversation(bot: BotParlor, inbox: Client, n: number): Promise<void> {
  const { socket, consumer, key } = await bot.visit();
  socket.send({ command: "new_message", message: { content: `What is ${n}?` } });
  await pause(600 + Math.random() * 250);
  const isWriting = n % 2 === 0;
  if (isWriting) inbox.send({ command: "new_message", consumer, message: { content: "I take over" } });
  else inbox.send({ command: "take", consumer });
  const isTaken = ({ message }: Frame) => message?.content === (isWriting ? "I take over" : "open");
  await socket.until(() => socket.frames.some(isTaken), 30_000);
  const at = socket.frames.findIndex(isTaken), { seq } = socket.frames[at]!.message;
  await pause(200);
  const after = await bot.chat.store.messagesAfter(key, seq, 50);
  assert.deepEqual(after.filter(({ by }) => by === "bot"), [], "no bot text after a person");
  const shown = socket.frames.slice(at + 1).filter(({ command, gone }) => command === "partial" && !gone);
  assert.deepEqual(shown, [], "nothing is shown after a person");
  assert.equal((await bot.chat.store.room(key))?.status, "open");
  socket.close();
}

Deno.test("the bot says nothing after a person has taken over while a text was generated", async () => {
  await using bot = await BotParlor.start({ generate });
  const inbox = await bot.parlor.inbox(bot.admin);
  for (let from = 0; from < count; from += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, i) => conversation(bot, inbox, from + i)));
    inbox.frames.length = 0;
  }
  assert.deepEqual(bot.faults, []);
});
