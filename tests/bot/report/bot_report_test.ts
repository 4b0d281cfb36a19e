import assert from "node:assert/strict";
import { BotReport } from "../../../protocol/bot_report.ts";
import { logQuestion, markOutcome } from "../../../chat/bot/questions.ts";
import { csvRows } from "../../../chat/csv.ts";
import type { BotQuestion } from "../../../db/collections/bot_questions.ts";
import { episode, storeEpisodes } from "../../chat/reports/fixture.ts";
import { Parlor } from "../../harness/parlor.ts";

Deno.test("the bot's report adds up by day, names why it handed over and what had no answer", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  await parlor.post("/chatbot/api", { business_hours: { time_zone: "Asia/Kolkata" } }, {
    cookie: asha.cookie,
  });
  const { store } = parlor.running.service.chat;
  let seq = 0;
  const log = async (at: string, text: string, rest: Partial<BotQuestion> = {}) => {
    const question = { workspace: "asha", consumer: "vera", seq: ++seq, text, at: Date.parse(at) };
    await logQuestion(store, { ...question, outcome: "answered", ...rest });
    return question;
  };
  await log("2026-11-02T18:29:59Z", "the day before, in Kolkata");
  await log("2026-11-02T18:30:00Z", "How long?");
  const helped = await log("2026-11-03T10:00:00Z", "How wide?");
  await markOutcome(store, helped, { outcome: "helpful", at: helped.at });
  const not = await log("2026-11-03T11:00:00Z", "How high?");
  await markOutcome(store, not, { outcome: "unhelpful", at: not.at });
  await markOutcome(store, not, { outcome: "handed_off", reason: "unhelpful", at: not.at });
  for (const text of ["Is it hand-blown?", "is it hand blown"]) {
    await log("2026-11-04T10:00:00Z", text, { outcome: "handed_off", reason: "unknown" });
  }
  await log("2026-11-04T10:00:00Z", "A person", { outcome: "handed_off", reason: "asked" });
  await log("2026-11-04T10:00:00Z", "Hello", { outcome: "small_talk" });
  await log("2026-11-04T10:00:00Z", "Shipping", { outcome: "offered" });
  await log("2026-11-04T10:00:00Z", "Never asked", { outcome: "suggested" });
  await storeEpisodes(store, [
    episode("2026-11-03T10:00:00Z", {
      texts: { visitor: 1, agents: 0, bot: 2 },
      resolved: { at: 0, by: "bot", seconds: 1, working: 1 },
    }),
    episode("2026-11-03T11:00:00Z", { texts: { visitor: 1, agents: 1, bot: 1 } }),
    episode("2026-11-03T12:00:00Z"),
  ]);
  const query = "from=2026-11-03&to=2026-11-04";
  const get = (path: string, { cookie } = asha) =>
    parlor.fetch(`/messages/api/reports/${path}`, { headers: { cookie } });
  const report = BotReport.parse(await (await get(`bot?${query}`)).json());
  assert.deepEqual(report.total, {
    ...{ questions: 7, answered: 3, generated: 0, offered: 1, handed_off: 4, small_talk: 1 },
    ...{ helpful: 1, unhelpful: 1 },
  });
  assert.deepEqual(report.days.map(({ date, questions, answered }) => [date, questions, answered]), [
    ["2026-11-03", 3, 3],
    ["2026-11-04", 4, 0],
  ]);
  assert.deepEqual(report.conversations, { with_bot: 2, without_person: 1 });
  assert.deepEqual(report.reasons, [
    { reason: "unknown", count: 2 },
    { reason: "unhelpful", count: 1 },
    { reason: "asked", count: 1 },
  ]);
  assert.deepEqual(report.unanswered[0], { text: "Is it hand-blown?", count: 2 });
  assert.equal(report.unanswered.length, 3);
  const { rows } = csvRows(await (await get(`bot.csv?${query}`)).text());
  assert.deepEqual(rows.map(({ values }) => values.slice(0, 3)), [
    ["date", "questions", "answered"],
    ["2026-11-03", "3", "3"],
    ["2026-11-04", "4", "0"],
  ]);
  assert.equal((await (await get(`bot?${query}`, bruno)).json()).total.questions, 0);
  for (const bad of ["from=2026-11-04&to=2026-11-03", "from=2026-11-04", "from=2020-01-01&to=2026-11-03"]) {
    assert.equal((await get(`bot?${bad}`)).status, 400);
  }
});
