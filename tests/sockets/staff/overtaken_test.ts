import assert from "node:assert/strict";
import { tellAppended } from "../../../chat/rooms/messages.ts";
import type { Client } from "../../harness/client.ts";
import { signUpMember } from "../../harness/member.ts";
import { type Admin, Parlor, test, v1 } from "../../harness/parlor.ts";

async function inboxOf(parlor: Parlor, { token }: Admin): Promise<Client> {
  const client = await parlor.open("/ws/room/asha", { protocols: v1(token) });
  client.send({ command: "subscribe" });
  await client.next("subscribed");
  return client;
}

test("an answer is stopped by a colleague's or the bot's text after what was seen, and by nothing else", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await signUpMember(parlor, "asha", { username: "ben", role: "agent", name: "Ben" });
  const consumer = crypto.randomUUID(), key = { admin: "asha", consumer };
  const visitor = await parlor.chat(asha, consumer);
  await visitor.say("hello");
  const [hers, his] = [await inboxOf(parlor, asha), await inboxOf(parlor, ben)];
  const answer = async (inbox: Client, content: string, seen: number) => {
    const client_id = crypto.randomUUID();
    inbox.send({ command: "new_message", consumer, seen, client_id, message: { content } });
    const isAnswer = (frame: Client["frames"][number]) =>
      frame.client_id === client_id || frame.message?.client_id === client_id;
    await inbox.until(() => inbox.frames.some(isAnswer));
    const { error, message } = inbox.frames.find(isAnswer)!;
    return error ? [error.code, error.seq] : message.seq;
  };
  await visitor.say("are you there?");
  hers.send({ command: "note", consumer, client_id: "n", text: "I look at it" });
  await his.next("staff");
  assert.equal(await answer(his, "Ben here", 1), 3, "neither the visitor's text nor a note stops it");
  assert.deepEqual(await answer(hers, "Asha here", 2), ["overtaken", 3]);
  assert.equal(await answer(hers, "Asha too", 3), 4);
  const { chat } = parlor.running.service;
  const bot = {
    ...key,
    side: "admin",
    kind: "text",
    content: "I am a bot",
    at: Date.now(),
    by: "bot",
  } as const;
  tellAppended(chat, key, await chat.store.appendMessage(bot));
  assert.deepEqual(await answer(his, "and I", 4), ["overtaken", 5]);
  assert.equal(await answer(his, "and I", 5), 6);
  assert(!visitor.frames.some(({ command }) => command === "error"));
});
