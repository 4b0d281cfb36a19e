import assert from "node:assert/strict";
import { BotTried, ReportCard } from "../../../protocol/bot_try.ts";
import { phrases } from "../../bot/lamp_shop.ts";
import { withKnowledge } from "./knowledge_cast.ts";

Deno.test("the try-out tells what the bot would say and why, with answers saved a moment ago", async () => {
  await withKnowledge(async ({ asha, ines, bruno }) => {
    const ids: Record<string, string> = {};
    for (const [label, [title, ...own]] of Object.entries(phrases)) {
      const added = await asha("POST", "/answers", { title, phrases: own, body: `About ${label}.` });
      ids[label] = added.body.id;
    }
    await asha("POST", "/articles", { title: "Care", body: "Wipe the brass shade with a dry cloth only." });
    const tried = async (text: string, locale?: string) => {
      const { status, body } = await ines("POST", "/bot/try", { text, locale });
      assert.equal(status, 200, JSON.stringify(body));
      return BotTried.parse(body);
    };
    const exact = await tried("which bulb fits this lamp");
    assert.deepEqual(
      [exact.kind, exact.confidence, exact.says, exact.answer?.id, exact.language],
      ["answer", 1, "About bulbs7.", ids["bulbs7"], "en"],
    );
    assert.equal(exact.guesses[0]!.nearest, "Which bulb fits this lamp?");
    assert.deepEqual(exact.guesses.map(({ confidence }) => confidence).toSorted((a, b) => b - a).length, 3);
    const care = await tried("how do I wipe a brass shade?");
    assert.equal(care.passages[0]!.source.title, "Care");
    assert.match(care.passages[0]!.text, /dry cloth/);
    const person = await tried("Mit einem Menschen sprechen", "de");
    assert.deepEqual([person.kind, person.says?.slice(0, 14)], ["person", "Ich hole jeman"]);
    const hello = await tried("¡Hola!");
    assert.deepEqual([hello.kind, hello.language], ["small_talk", "es"]);
    assert.equal((await tried("Do you sell candles?")).kind === "answer", false);
    await asha("POST", "/answers", { title: "Do you sell candles?", body: "Yes." });
    assert.equal((await tried("do you sell candles")).says, "Yes.");
    const other = BotTried.parse((await bruno("POST", "/bot/try", { text: "do you sell candles" })).body);
    assert.deepEqual([other.kind, other.guesses, other.passages], ["unknown", [], []], "another workspace");
    assert.equal((await ines("POST", "/bot/try", { text: " " })).status, 400);
    assert.equal((await ines("POST", "/bot/try", { text: "x".repeat(1_001) })).status, 400);
    assert.equal((await ines("POST", "/bot/try", { text: "x", locale: "../en" })).status, 400);
  });
});

Deno.test("the report card tells what to expect at the threshold of the settings", async () => {
  await withKnowledge(async ({ asha, bruno }) => {
    const cardOf = async () => ReportCard.parse((await asha("GET", "/bot/report_card")).body);
    assert.deepEqual(await cardOf(), {
      ...{ labels: 0, phrases: 0, confused: [] },
      few_phrases: { answers: [], total: 0 },
    });
    for (const [title, ...own] of Object.values(phrases)) {
      await asha("POST", "/answers", { title, phrases: own, body: "…" });
    }
    await asha("POST", "/answers", { title: "Do you sell candles?", body: "Yes." });
    const card = await cardOf();
    assert.equal(card.labels, 7);
    assert.deepEqual([card.few_phrases.total, card.few_phrases.answers[0]!.phrases], [1, 0]);
    assert.ok(card.accuracy! > 0 && card.answered! < 1);
    assert.equal((await bruno("GET", "/bot/report_card")).body.labels, 0);
  });
});
