import assert from "node:assert/strict";
import type { Bot } from "../../../chat/bot/bot.ts";
import { logQuestion } from "../../../chat/bot/questions.ts";
import { allAnswers } from "../../../chat/knowledge/knowledge.ts";
import type { BotQuestion } from "../../../db/collections/bot_questions.ts";
import type { MessageDraft } from "../../../db/store.ts";
import { draft as text } from "../../db/contract/fixtures.ts";
import { hire } from "../../harness/hire.ts";
import { type Admin, Parlor } from "../../harness/parlor.ts";
import { callAs } from "../../harness/team.ts";

const cable = {
  title: "Cable lengths",
  body: "All lamps have two metres of textile cable in black.",
  phrases: [],
};
const off: Omit<Bot, "guesses" | "suggest"> = {
  takes: () => false,
  texted() {},
  addressed() {},
  left() {},
  due() {},
  changed() {},
};

/** Asha, her manager Mia and her agent Ben, an answer, and questions of visitors. */
async function withQuestions() {
  const parlor = await Parlor.start();
  const { chat } = parlor.running.service;
  const asha = await parlor.signUp("asha");
  const mia = await hire(parlor, asha, "mia", { role: "manager" }), ben = await hire(parlor, asha, "ben");
  const call = (who: Admin, route: string, body?: unknown) =>
    callAs(parlor, who, route, { body, workspace: "asha" });
  const { answer } = await call(asha, "POST /answers", cable);
  const guesses = () => Promise.resolve([{ ...cable, id: answer.id, confidence: 0.46 }]);
  chat.bot = { ...off, guesses, suggest: guesses };
  const ask = async (consumer: string, content: string, rest: Partial<BotQuestion> = {}) => {
    const key = { admin: "asha", consumer };
    const { message } = await chat.store.appendMessage(text(key, content));
    await logQuestion(chat.store, {
      ...{ workspace: "asha", consumer, seq: message.seq, text: content, at: Date.now() },
      ...{ outcome: "offered", confidence: 0.46, guess: answer.id },
      ...rest,
    });
    return { consumer, seq: message.seq };
  };
  const write = (consumer: string, content: string, rest: Partial<MessageDraft> = {}) =>
    chat.store.appendMessage(text({ admin: "asha", consumer }, content, { side: "admin", ...rest }));
  return { parlor, chat, asha, mia, ben, call, ask, write, answer: answer.id as string };
}

const asWhite = "Does the cable come in white?";

Deno.test("questions that are the same become phrases of an answer in one act, and it can be taken back", async () => {
  const { parlor, asha, call, ask, answer } = await withQuestions();
  await using _ = parlor;
  await ask("vera", asWhite);
  await ask("victor", "does the cable come in WHITE", { confidence: 0.3 });
  await ask("walter", "Can I get an invoice to my firm?", { confidence: 0.9 });
  const { answer: found } = await call(asha, "GET /bot/review?limit=20");
  assert.deepEqual(found.groups.map(({ text, count }: BotQuestion & { count: number }) => [text, count]), [
    ["does the cable come in WHITE", 2],
    ["Can I get an invoice to my firm?", 1],
  ]);
  const [group] = found.groups;
  assert.deepEqual([group.others, found.waiting], [[asWhite], 3]);
  assert.deepEqual(group.guesses, [{
    ...{ id: answer, title: cable.title, confidence: 0.46 },
    excerpt: cable.body,
  }]);
  const { questions } = group;
  const done = await call(asha, "POST /bot/review", { questions, answer });
  assert.deepEqual(done.answer, { reviewed: 2, answer: { id: answer, title: cable.title }, phrases: 1 });
  const read = () => call(asha, `GET /answers/${answer}`);
  assert.deepEqual([(await read()).answer.phrases, (await read()).answer.version], [[
    "does the cable come in WHITE",
  ], 2]);
  assert.equal((await call(asha, "GET /bot/review")).answer.waiting, 1);
  const undone = await call(asha, "POST /bot/review", { questions, undo: true });
  assert.deepEqual(undone.answer, { reviewed: 2, phrases: 1 });
  assert.deepEqual((await read()).answer.phrases, []);
  assert.equal((await call(asha, "GET /bot/review")).answer.waiting, 3);
});

Deno.test("a new answer is made of questions, or none: dismissed ones are not asked about again", async () => {
  const { parlor, chat, mia, call, ask } = await withQuestions();
  await using _ = parlor;
  const questions = [await ask("vera", "Open on Saturday? I am vera@example.com")];
  const made = await call(mia, "POST /bot/review", {
    ...{ questions, new: { title: "Saturdays", body: "From ten to four." } },
  });
  assert.equal(made.status, 200);
  const all = await allAnswers(chat.store, "asha");
  const found = all.find(({ title }) => title === "Saturdays")!;
  assert.deepEqual([found.phrases, found.source], [["Open on Saturday? I am"], "learned"]);
  await call(mia, "POST /bot/review", { questions, undo: true });
  assert.equal((await allAnswers(chat.store, "asha")).length, 1, "nobody has changed it since");
  assert.equal(
    (await call(mia, "POST /bot/review", { questions, dismiss: true })).answer.reviewed,
    1,
  );
  assert.deepEqual((await call(mia, "GET /bot/review")).answer, { groups: [], waiting: 0 });
});

Deno.test("of two members who decide about the same questions at once, one does", async () => {
  const { parlor, asha, mia, call, ask, answer } = await withQuestions();
  await using _ = parlor;
  for (let round = 0; round < 5; round++) {
    const questions = await Promise.all([1, 2, 3].map((n) => ask(`v${n}`, `${asWhite} ${round}`)));
    const done = await Promise.all([
      call(asha, "POST /bot/review", { questions, answer }),
      call(mia, "POST /bot/review", {
        questions: questions.toReversed(),
        new: { title: `${round}`, body: "Yes" },
      }),
    ]);
    assert.deepEqual(done.map(({ status }) => status).sort(), [200, 409]);
    assert.equal(done.find(({ status }) => status === 409)!.answer.error.code, "already_reviewed");
    const left = (await call(asha, "GET /answers")).answer.answers.map((
      { title }: BotQuestion & { title: string },
    ) => title);
    assert.equal(left.includes(`${round}`), done[1]!.status === 200, "a refused answer is not left behind");
  }
});

Deno.test("only who may change what the bot says decides, and nothing of another workspace is decided about", async () => {
  const { parlor, chat, ben, asha, call, ask, answer } = await withQuestions();
  await using _ = parlor;
  const questions = [await ask("vera", asWhite)];
  for (const route of ["GET /bot/review", "GET /bot/draft?consumer=vera&seq=1"]) {
    assert.equal((await call(ben, route)).status, 403);
  }
  assert.equal((await call(ben, "POST /bot/review", { questions, dismiss: true })).status, 403);
  const bruno = await parlor.signUp("bruno");
  const elsewhere = await callAs(parlor, bruno, "POST /bot/review", {
    body: { questions, dismiss: true },
  });
  assert.equal(elsewhere.status, 404);
  for (
    const body of [
      { questions: [] },
      { questions },
      { questions, answer, dismiss: true },
      { questions: Array(101).fill(questions[0]), dismiss: true },
      { questions: [{ consumer: "vera", seq: 0 }], dismiss: true },
    ]
  ) assert.equal((await call(asha, "POST /bot/review", body)).status, 400);
  const gone = { questions, answer: "nothing00000" };
  assert.equal((await call(asha, "POST /bot/review", gone)).status, 404);
  assert.equal((await call(asha, "GET /bot/review")).answer.waiting, 1);
  await chat.store.forgetVisitor({ admin: "asha", consumer: "vera" });
  assert.equal((await call(asha, "GET /bot/review")).answer.waiting, 0);
});

Deno.test("what a person answered to a question that was handed over is offered, or the answer that says the same", async () => {
  const { parlor, asha, call, ask, write } = await withQuestions();
  await using _ = parlor;
  await ask("vera", "Do you have white cords?", { outcome: "handed_off", reason: "unknown" });
  await write("vera", "One moment", { by: { id: "maya00000000" } });
  const reply = "Yes, white or sand textile, both two metres, at no extra cost.";
  await write("vera", reply, { by: { id: "maya00000000" } });
  const first = async () => (await call(asha, "GET /bot/review")).answer.groups[0];
  assert.equal((await first()).reply, undefined, "the conversation is not resolved");
  await write("vera", "resolved", { kind: "status" });
  const { consumer, text: said, by, near } = (await first()).reply;
  assert.deepEqual([consumer, said, by, near], ["vera", reply, "maya00000000", undefined]);
  await ask("walter", "cable, how long?", { outcome: "handed_off", reason: "unknown", confidence: 0 });
  await write("walter", `${cable.body.slice(0, -1)}!`);
  await write("walter", "resolved", { kind: "status" });
  assert.equal((await first()).reply.near.title, cable.title);
});

Deno.test("an answer begins with what an agent wrote and the question before it", async () => {
  const { parlor, mia, ask, call, write, chat } = await withQuestions();
  await using _ = parlor;
  const asked = await ask("vera", "Is the shade hand-blown?");
  const body = "Every shade is blown by hand in our workshop, so no two are the same.";
  const { message } = await write("vera", body);
  const draft = (seq: number) => call(mia, `GET /bot/draft?consumer=vera&seq=${seq}`);
  assert.deepEqual((await draft(message.seq)).answer, {
    question: { ...asked, text: "Is the shade hand-blown?" },
    body,
  });
  assert.equal((await draft(1)).status, 404, "a visitor's text is no answer");
  assert.equal((await draft(99)).status, 404);
  await write("vera", cable.body);
  assert.equal((await draft(3)).answer.near.title, cable.title);
  // A question that the bot has not read.
  await chat.store.appendMessage(text({ admin: "asha", consumer: "vera" }, "And the foot?"));
  const made = await call(mia, "POST /bot/review", {
    ...{ questions: [{ consumer: "vera", seq: 4 }], new: { title: "The foot", body: "Brass." } },
  });
  assert.equal(made.answer.phrases, 1);
});

Deno.test("a suggestion that an agent used is a label, which a reviewer confirms", async () => {
  const { parlor, asha, ben, ask, call, answer, chat } = await withQuestions();
  await using _ = parlor;
  await chat.store.appendMessage(text({ admin: "asha", consumer: "vera" }, asWhite));
  const used = { consumer: "vera", seq: 1, answer };
  assert.equal((await call(ben, "POST /bot/used", used)).status, 204);
  assert.equal((await call(ben, "POST /bot/used", { ...used, seq: 2 })).status, 404);
  assert.equal(
    (await call(ben, "POST /bot/used", { ...used, answer: "nothing00000" })).status,
    404,
  );
  const [group] = (await call(asha, "GET /bot/review")).answer.groups;
  assert.deepEqual([group.text, group.outcome, group.used], [asWhite, "suggested", answer]);
  await ask("walter", "How long is it?", { outcome: "handed_off" });
  await call(ben, "POST /bot/used", { consumer: "walter", seq: 1, answer });
  const all = (await call(asha, "GET /bot/review")).answer.groups;
  assert.deepEqual(all.map(({ outcome }: BotQuestion) => outcome), ["suggested", "handed_off"]);
});
