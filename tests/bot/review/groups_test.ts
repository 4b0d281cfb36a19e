import assert from "node:assert/strict";
import { groupQuestions } from "../../../bot/review/groups.ts";
import { newPhrases, phraseOf } from "../../../bot/review/phrases.ts";
import type { BotQuestion } from "../../../db/collections/bot_questions.ts";

let seq = 0;
const question = (text: string, confidence?: number, rest: Partial<BotQuestion> = {}): BotQuestion => ({
  ...{ workspace: "asha", consumer: "vera", seq: ++seq, text, at: seq, outcome: "offered", confidence },
  ...rest,
});
const textsOf = (groups: BotQuestion[][]) => groups.map((group) => group.map(({ text }) => text));

Deno.test("questions that are nearly the same are one group, and the least sure group comes first", async () => {
  const groups = await groupQuestions([
    question("Do you ship to Norway?", 0.6),
    question("Does the cable come in white?", 0.46),
    question("Where is my parcel?", 0.2),
    question("does the cable come in white", 0.4),
    question("Does this cable come in white??", 0.5),
    question("Where's my parcel?", 0.3),
  ]);
  assert.deepEqual(textsOf(groups), [
    ["does the cable come in white", "Does the cable come in white?", "Does this cable come in white??"],
    ["Where is my parcel?", "Where's my parcel?"],
    ["Do you ship to Norway?"],
  ]);
});

Deno.test("an answer that did not help counts as the least sure", async () => {
  const groups = await groupQuestions([
    question("Can you engrave it?", 0.1),
    question("Is the shade hand-blown?", 0.95, { outcome: "unhelpful" }),
    question("Quanto custa o envio?"),
  ]);
  assert.deepEqual(textsOf(groups), [["Quanto custa o envio?"], ["Is the shade hand-blown?"], [
    "Can you engrave it?",
  ]]);
});

Deno.test("500 questions are grouped without holding up anything else for long, whatever they hold", async () => {
  const words = ["lamp", "cable", "white", "parcel", "invoice", "dimmer", "glass", "bulb", "shop", "return"];
  const some = Array.from({ length: 500 }, (_, i) => {
    const text = words.filter((_, at) => (i * 7919 >> at) % 3 === 0).join(" ");
    return question(i % 50 === 0 ? "😀 …" : `${text} ${i}`, (i % 10) / 10);
  });
  let last = performance.now(), longest = 0;
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  });
  const groups = await groupQuestions(some);
  clearInterval(timer);
  assert.equal(groups.flat().length, 500);
  assert.ok(longest < 250, `the loop was held up for ${longest} ms`);
});

Deno.test("a phrase holds no address and no number of the person who asked", () => {
  assert.equal(
    phraseOf("Where is order 4471-9930-12?\nI am vera@example.com, +49 170 1234567, see https://x.example/a"),
    "Where is order ? I am , see",
  );
  assert.equal(phraseOf("a lamp with 3 bulbs for 220 volts"), "a lamp with 3 bulbs for 220 volts");
  assert.equal(phraseOf(" ?! "), "");
});

Deno.test("a phrase that an answer has, in any spelling, is not added again, nor one too many", () => {
  const answer = { title: "Cable lengths", phrases: ["How long is the cable?"] };
  const found = newPhrases(answer, [
    "how LONG is the cable",
    "cable lengths!",
    "longer cord?",
    "Longer cord",
  ]);
  assert.deepEqual([...found], [["longer cord?", "longer cord?"]]);
  const full = { title: "x", phrases: Array.from({ length: 99 }, (_, i) => `phrase ${i}`) };
  assert.deepEqual([...newPhrases(full, ["one", "two"]).values()], ["one"]);
});
