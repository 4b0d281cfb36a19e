import assert from "node:assert/strict";
import { hire, inboxOf } from "../../harness/hire.ts";
import { type Admin, Parlor, test } from "../../harness/parlor.ts";

/** The workspace's answer about cables, where the bot only suggests. */
async function withCables(parlor: Parlor, asha: Admin): Promise<string> {
  const { cookie } = asha;
  await parlor.post("/chatbot/api", { bot: { mode: "suggest" } }, { cookie });
  const phrases = ["Which cable is it?", "And the white cable?", "One more cable"];
  const answer = { title: "Cables", body: "They are two metres long.", phrases };
  const made = await parlor.post("/messages/api/answers", answer, { cookie });
  return (await made.json()).id;
}

test("an agent who has a room before it gets answers that fit its visitor's texts, nobody else does", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), id = await withCables(parlor, asha);
  const ben = await hire(parlor, asha, "ben"), olga = await hire(parlor, asha, "olga", { role: "observer" });
  const [agent, other, observer] = await Promise.all(
    [asha, ben, olga].map((one) => inboxOf(parlor, "asha", one)),
  );
  const vera = await parlor.visit(asha), visitor = await parlor.chat(asha, vera.consumer, vera.token);
  await visitor.say("Which cable is it?");
  // What was asked before the room is opened.
  agent!.send({ command: "watch", consumer: vera.consumer });
  observer!.send({ command: "watch", consumer: vera.consumer });
  const first = await agent!.next("suggest");
  const [{ confidence, ...answer }] = first.answers;
  assert.deepEqual([first.consumer, first.seq, first.answers.length], [vera.consumer, 1, 1]);
  assert.deepEqual(answer, { id, title: "Cables", body: "They are two metres long." });
  assert.ok(confidence > 0.35 && confidence <= 1, `${confidence}`);
  await visitor.say("And the white cable?");
  assert.equal((await agent!.next("suggest")).seq, 2);
  await visitor.say("Thanks");
  agent!.send({ command: "update_room", consumer: vera.consumer, status: "resolved" });
  await agent!.until(() => agent!.frames.some(({ room }) => room?.status === "resolved"));
  agent!.send({ command: "watch", consumer: null });
  agent!.send({ command: "watch", consumer: vera.consumer });
  await agent!.hearsNo("suggest");
  agent!.send({ command: "watch", consumer: null });
  await visitor.say("One more cable");
  await agent!.until(() => agent!.frames.some(({ message }) => message?.content === "One more cable"));
  for (const one of [agent!, other!, observer!, visitor]) await one.hearsNo("suggest");
});

test("nothing is suggested while the bot handles the room, nor after an answer", async () => {
  await using parlor = await Parlor.start();
  const { chat } = parlor.running.service;
  const asha = await parlor.signUp("asha"), agent = await parlor.inbox(asha);
  await withCables(parlor, asha);
  const vera = await parlor.visit(asha), visitor = await parlor.chat(asha, vera.consumer, vera.token);
  await visitor.say("Which cable is it?");
  agent.send({ command: "new_message", consumer: vera.consumer, message: { content: "The long one" } });
  await visitor.until(() => visitor.frames.some(({ message }) => message?.content === "The long one"));
  agent.send({ command: "watch", consumer: vera.consumer });
  await agent.hearsNo("suggest");
  const key = { admin: "asha", consumer: crypto.randomUUID() };
  const draft = {
    side: "visitor",
    kind: "text",
    content: "Which cable?",
    at: Date.now(),
    toBot: true,
  } as const;
  const { room } = await chat.store.appendMessage({ ...key, ...draft });
  assert.equal(room.status, "bot");
  agent.send({ command: "watch", consumer: key.consumer });
  await agent.hearsNo("suggest");
});

test("nothing is suggested where the bot is off", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), agent = await parlor.inbox(asha);
  await withCables(parlor, asha);
  await parlor.post("/chatbot/api", { bot: { mode: "off" } }, { cookie: asha.cookie });
  const vera = await parlor.visit(asha), visitor = await parlor.chat(asha, vera.consumer, vera.token);
  await visitor.say("Which cable is it?");
  agent.send({ command: "watch", consumer: vera.consumer });
  await agent.hearsNo("suggest");
});
