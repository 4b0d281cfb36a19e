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

Deno.test("buttons of the bot lead to its answers; whether they helped is asked", async () => {
  await using bot = await BotParlor.start();
  const next = await bot.write({ title: "How do I return it?", body: "Within 30 days." });
  const first = await bot.write({
    ...{ title: "May I return it?", body: "Yes." },
    buttons: [
      { id: "aaaaaaaaaaaa", label: "How?", do: { answer: next } },
      { id: "bbbbbbbbbbbb", label: "Gone", do: { answer: "cccccccccccc" } },
      { id: "dddddddddddd", label: "Terms", do: { url: "https://shop.example/terms" } },
    ],
  });
  const { socket, consumer } = await bot.visit();
  await socket.say("May I return it?");
  const answer = await botText(socket);
  assert.deepEqual(answer.extra, {
    ...{ type: "answer", answer: first, helpful: true },
    buttons: [
      { id: `answer:${next}`, label: "How?" },
      { id: "url:dddddddddddd", label: "Terms", url: "https://shop.example/terms" },
    ],
  });
  await socket.say("How?", { reply: { seq: answer.seq, button: `answer:${next}` } });
  const second = await botText(socket);
  assert.equal(second.content, "Within 30 days.");
  await socket.say("Yes", { reply: { seq: second.seq, button: "yes" } });
  assert.match((await botText(socket)).content, /Glad/);
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "resolved"));
  assert.equal(await statusOf(bot, consumer), "resolved");
  const outcomes = (await questionsOf(bot.chat.store, { workspace: "asha", consumer }, 5)).map((
    { outcome },
  ) => outcome);
  assert.deepEqual(outcomes, ["helpful", "answered"]);
  await socket.say("May I return it?");
  assert.equal((await botText(socket)).content, "Yes.", "a new conversation is the bot's again");
});

Deno.test("an answer that did not help is followed by a person, if wanted", async () => {
  await using bot = await BotParlor.start();
  const { socket, consumer } = await bot.visit();
  await socket.say("Where is my order?");
  const answer = await botText(socket);
  await socket.say("No", { reply: { seq: answer.seq, button: "no" } });
  const sorry = await botText(socket);
  assert.deepEqual(sorry.extra.buttons, [{ id: "person", label: "Talk to a person" }]);
  await socket.say("Talk to a person", { reply: { seq: sorry.seq, button: "person" } });
  await botText(socket);
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "waiting"));
  const [entry] = await staff(bot, consumer);
  assert.deepEqual(entry?.detail, { reason: "asked" });
  const outcomes = (await questionsOf(bot.chat.store, { workspace: "asha", consumer }, 5)).map((
    { outcome },
  ) => outcome);
  assert.deepEqual(outcomes, ["handed_off", "unhelpful"]);
});

Deno.test("a hand-off within two minutes says that the answer before did not help", async () => {
  await using bot = await BotParlor.start();
  const { socket, consumer } = await bot.visit();
  await socket.say("Where is my order?");
  await botText(socket);
  await socket.say("a person");
  await botText(socket);
  const questions = () => questionsOf(bot.chat.store, { workspace: "asha", consumer }, 5);
  while ((await questions()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual((await questions()).map(({ outcome }) => outcome), ["handed_off", "unhelpful"]);
});

Deno.test("offers that lead to nothing end with people", async () => {
  await using bot = await BotParlor.start();
  const { socket, consumer } = await bot.visit();
  await socket.say("perhaps one");
  const offer = await botText(socket);
  assert.equal(offer.content, "Did you mean one of these?");
  assert.deepEqual(offer.extra.buttons.map(({ label }: Frame) => label), [
    "Where is my order?",
    "Something else",
  ]);
  await socket.say("Something else", { reply: { seq: offer.seq, button: "none" } });
  assert.match((await botText(socket)).content, /other words/);
  await socket.say("perhaps two");
  assert.match((await botText(socket)).content, /colleague/);
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "waiting"));
  assert.deepEqual((await staff(bot, consumer)).map(({ detail }) => detail), [{ reason: "misses" }]);
});

Deno.test("only what the bot has offered here can be pressed, and once", async () => {
  await using bot = await BotParlor.start();
  const { socket } = await bot.visit(), other = await bot.visit();
  const bruno = await bot.parlor.signUp("bruno");
  const press = async (seq: number, button: string, by = socket, more: Frame = {}) => {
    by.send({ command: "new_message", message: { content: "Press" }, reply: { seq, button }, ...more });
    await by.until(() => by.frames.some(({ error, message }) => error || message?.reply));
    const at = by.frames.findIndex(({ error, message }) => error || message?.reply);
    const [frame] = by.frames.splice(at, 1);
    return frame!.error?.code ?? "stored";
  };
  const { seq: own } = await socket.say("perhaps");
  const offer = await botText(socket);
  const [{ id }] = offer.extra.buttons;
  assert.equal(await press(own, id), "invalid_input", "a visitor's text offers nothing");
  assert.equal(await press(99, id), "invalid_input", "no such message");
  assert.equal(await press(offer.seq, "answer:zzzzzzzzzzzz"), "invalid_input", "not offered");
  assert.equal(await press(offer.seq, "yes"), "invalid_input", "not asked");
  await other.socket.say("hello");
  assert.equal(await press(offer.seq, id, other.socket), "invalid_input", "another room");
  const foreign = await bot.parlor.visit(bruno);
  assert.equal(
    await press(offer.seq, id, await bot.parlor.chat(bruno, foreign.consumer, foreign.token)),
    "invalid_input",
    "another tenant",
  );
  const pressed = await Promise.all(
    [1, 2, 3].map((n) => press(offer.seq, id, socket, { client_id: `press ${n}` })),
  );
  assert.deepEqual(pressed.toSorted(), ["invalid_input", "invalid_input", "stored"]);
  assert.equal(await press(offer.seq, "none"), "invalid_input", "pressed already");
  const stored =
    (await bot.chat.store.messagesAfter({ admin: "asha", consumer: offer.room.split(" ")[1] }, 0, 50))
      .find(({ reply }) => reply)!;
  assert.equal(
    await press(offer.seq, id, socket, { client_id: stored.client_id }),
    "stored",
    "a repeat is answered",
  );
  const inbox = await bot.parlor.inbox(bot.admin);
  const answer = await botText(socket);
  assert.equal(
    await press(answer.seq, "yes", inbox, { consumer: stored.author }),
    "invalid_input",
    "only visitors press",
  );
});

Deno.test("a client without the subprotocol gets complete texts and nothing else", async () => {
  await using bot = await BotParlor.start();
  const seed = await bot.parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`);
  await seed.say("perhaps");
  const { message } = await seed.next("new_message");
  assert.equal(message.content, "Did you mean one of these?\n• Where is my order?\n• Something else");
  assert.deepEqual(
    Object.keys(message).sort(),
    ["author", "client_id", "content", "created", "id", "kind", "room", "seq", "side"],
  );
  await seed.say("a person");
  assert.match((await seed.next("new_message")).message.content, /colleague/);
  const { messages } = await seed.ask({ command: "fetch_messages" }, "messages");
  assert(messages.every(({ kind }: Frame) => kind === "text"));
  assert.deepEqual(new Set(seed.frames.map(({ command }) => command)), new Set(["new_message"]));
});

Deno.test("whatever fails, people take over", async () => {
  await using bot = await BotParlor.start();
  const { socket, consumer } = await bot.visit();
  await socket.say("explode");
  await botText(socket);
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "waiting"));
  assert.deepEqual((await staff(bot, consumer)).map(({ detail }) => detail), [{ reason: "failed" }]);
  assert.equal(bot.faults.length, 1);
});

Deno.test("at night the visitor hears when the team is back, and is asked for a mail address once", async () => {
  await using bot = await BotParlor.start();
  const authorization = `Bearer ${bot.admin.token}`;
  const tomorrow = new Date(Date.now() + 86_400_000).getUTCDay() || 7;
  await bot.parlor.post("/chatbot/api", {
    business_hours: { time_zone: "UTC", ranges: [{ day: tomorrow, from: "09:00", to: "17:00" }] },
  }, { authorization });
  const { socket, consumer, key } = await bot.visit();
  await socket.say("a person");
  const weekday = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(
    Date.now() + 86_400_000,
  );
  assert.match((await botText(socket)).content, new RegExp(`^Nobody is here.* We are back ${weekday}.*9:00`));
  assert.match((await botText(socket)).content, /email address/);
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "waiting"));
  await socket.say("I have none @ home");
  await socket.say(" vera@mail.example ");
  while (!(await bot.chat.store.room(key))?.visitor) await new Promise((resolve) => setTimeout(resolve, 5));
  const { visitor } = (await bot.chat.store.room(key))!;
  assert.deepEqual(visitor, { email: "vera@mail.example", verified: false });
  const inbox = await bot.parlor.inbox(bot.admin);
  inbox.send({ command: "update_room", consumer, status: "bot" });
  await inbox.until(() => inbox.frames.some(({ room }) => room?.status === "bot"));
  await socket.say("a person");
  await botText(socket);
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "waiting"));
  const asked = socket.frames.filter(({ message }) => /email address/.test(message?.content));
  assert.deepEqual(asked, []);
});

Deno.test("a visitor who is silent for half an hour needs nothing more", async () => {
  await using bot = await BotParlor.start();
  const { socket, consumer, key } = await bot.visit();
  await socket.say("Where is my order?");
  await botText(socket);
  const { store } = bot.chat;
  while (!((await store.room(key))!.botDueAt! > Date.now() + 60_000)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  bot.turns.due((await store.room(key))!);
  const { now } = bot.chat;
  while (bot.turns.busy) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(await statusOf(bot, consumer), "bot", "not yet");
  bot.chat.now = () => now() + 31 * 60_000;
  bot.turns.due((await store.room(key))!);
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "resolved"));
  assert.equal(await statusOf(bot, consumer), "resolved");
});

Deno.test("people take over what the bot has when it is switched off", async () => {
  await using bot = await BotParlor.start();
  const visitors = await Promise.all([1, 2, 3].map(() => bot.visit()));
  for (const { socket } of visitors) {
    await socket.say("Where is my order?");
    await botText(socket);
  }
  const refused = await bot.parlor.post("/chatbot/api", { bot: { mode: "on" } }, {
    authorization: `Bearer ${bot.admin.token}`,
  });
  assert.equal(refused.status, 400);
  await bot.set({ mode: "off" });
  for (const { socket, consumer } of visitors) {
    await socket.until(() => socket.frames.some(({ message }) => message?.content === "waiting"));
    assert.deepEqual((await staff(bot, consumer)).map(({ detail }) => detail), [{ reason: "off" }]);
  }
  const { socket, consumer } = await bot.visit();
  await socket.say("Where is my order?");
  assert.equal(await statusOf(bot, consumer), "open");
  const inbox = await bot.parlor.inbox(bot.admin);
  inbox.send({ command: "update_room", consumer, status: "bot" });
  assert.equal((await inbox.next("error")).error.code, "invalid_input");
});

Deno.test("a room that is taken or answered is the member's; given back, it is the bot's", async () => {
  await using bot = await BotParlor.start();
  const inbox = await bot.parlor.inbox(bot.admin);
  const { socket, consumer } = await bot.visit();
  await socket.say("hello");
  inbox.send({ command: "take", consumer });
  await inbox.until(() => inbox.frames.some(({ room }) => room?.assignee));
  assert.equal(await statusOf(bot, consumer), "open");
  await socket.until(() => socket.frames.some(({ typing }) => typing === false));
  inbox.send({ command: "new_message", consumer, message: { content: "Yes?" } });
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "Yes?"));
  socket.frames.length = 0;
  await socket.say("Where is my order?");
  await socket.hearsNo("typing", 1_000);
  inbox.send({ command: "update_room", consumer, status: "bot" });
  assert.equal((await botText(socket)).content, "On its way.", "also what was asked meanwhile");
  inbox.send({ command: "new_message", consumer, message: { content: "Here I am" } });
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "Here I am"));
  assert.equal(await statusOf(bot, consumer), "open");
  const { bot: handled, open } = await bot.chat.store.roomCounts("asha", "nobody");
  assert.deepEqual([handled, open], [0, 1]);
});

Deno.test("nobody is woken for what the bot answers; a hand-off wakes, with the visitor's words", async () => {
  await using bot = await BotParlor.start();
  const woken: string[] = [];
  bot.chat.push = {
    ...bot.chat.push!,
    async wake(_room, content, to) {
      woken.push(`${await to}: ${content}`);
    },
  };
  const { socket } = await bot.visit();
  await socket.say("Where is my order?");
  await botText(socket);
  await socket.say("hello");
  await botText(socket);
  assert.deepEqual(woken, []);
  await socket.say("a person");
  await botText(socket);
  await socket.until(() => woken.length > 0);
  assert.deepEqual(woken, ["asha: a person"]);
});

Deno.test("the bot begins where the workspace wants it: always, outside of its hours, or while nobody is there", async () => {
  await using bot = await BotParlor.start();
  const authorization = `Bearer ${bot.admin.token}`;
  const begins = async () => {
    const { socket, consumer } = await bot.visit();
    await socket.say("hello");
    return await statusOf(bot, consumer);
  };
  const hours = (ranges: unknown[]) =>
    bot.parlor.post("/chatbot/api", { business_hours: { time_zone: "UTC", ranges } }, { authorization });
  const allWeek = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "00:00", to: "24:00" }));
  const tomorrow = allWeek.filter(({ day }) => day === (new Date(Date.now() + 86_400_000).getUTCDay() || 7));
  await hours(allWeek);
  await bot.set({ when: "outside_hours" });
  assert.equal(await begins(), "open");
  await bot.set({ when: "nobody_here" });
  assert.equal(await begins(), "bot");
  const inbox = await bot.parlor.inbox(bot.admin);
  assert.equal(await begins(), "open");
  await hours(tomorrow);
  await bot.set({ when: "outside_hours" });
  assert.equal(await begins(), "bot");
  await bot.set({ mode: "suggest", when: "always" });
  assert.equal(await begins(), "open");
  inbox.close();
});
