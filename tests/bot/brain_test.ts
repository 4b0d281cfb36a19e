import assert from "node:assert/strict";
import { answers } from "../../db/collections/knowledge/answers.ts";
import { changeFlows, type Flow } from "../../db/collections/flows.ts";
import { knowledgeHeads } from "../../db/collections/knowledge/heads.ts";
import { eventually } from "../harness/eventually.ts";
import { idOf, Shop } from "./brain_cast.ts";
import { questions, unrelated } from "./lamp_shop.ts";

Deno.test("a question is answered, offered or unknown by its confidence", async () => {
  await using shop = await Shop.ofLamps();
  let answered = 0, offered = 0;
  for (const [language, text, label] of questions) {
    const reading = await shop.read(text);
    if (reading.kind === "answer") {
      answered++;
      assert.equal(reading.answer.id, idOf(label), text);
      assert.ok(reading.confidence >= 0.7);
      assert.equal(reading.text.body, `About ${label}.`);
    } else if (reading.kind === "offer") {
      offered++;
      assert.ok(reading.answers.length <= 3 && reading.confidence >= 0.35 && reading.confidence < 0.7);
    }
    assert.ok(reading.language === undefined || reading.language === language, text);
  }
  assert.ok(answered > questions.length / 2 && offered > 0, `${answered}, ${offered} of ${questions.length}`);
  for (const text of unrelated) assert.notEqual((await shop.read(text)).kind, "answer", text);
});

Deno.test("a title or phrase is answered with confidence 1, whatever its case, accents and punctuation", async () => {
  await using shop = await Shop.ofLamps();
  for (const text of ["when will my LAMP arrive", "cuanto tarda el envio", "كم يستغرق الشَّحن"]) {
    const reading = await shop.read(text);
    assert.equal(reading.kind, "answer", text);
    assert.equal(reading.kind === "answer" && reading.confidence, 1);
  }
});

Deno.test("a phrase of two answers offers both", async () => {
  await using shop = await Shop.ofLamps();
  await shop.write({ id: "opening00001", title: "Opening hours", phrases: ["Sunday?"], body: "No." });
  await shop.write({ id: "delivery0001", title: "Delivery on holidays", phrases: ["sunday"], body: "No." });
  const reading = await shop.read("Sunday");
  assert.equal(reading.kind, "offer");
  const ids = reading.kind === "offer" ? reading.answers.map(({ id }) => id).toSorted() : [];
  assert.deepEqual(ids, ["delivery0001", "opening00001"]);
});

Deno.test("an answer is given in the language of the question, else of the room, else of the visitor", async () => {
  await using shop = await Shop.open();
  await shop.write({
    ...{ id: "shipping0001", title: "Where is my order?", phrases: ["DHL"], body: "On its way." },
    locales: {
      es: { title: "¿Dónde está mi pedido?", phrases: ["pedido"], body: "En camino." },
      "pt-BR": { title: "Onde está o meu pedido?", phrases: [], body: "A caminho." },
    },
  });
  const body = async (text: string, more = {}) => {
    const reading = await shop.read(text, more);
    return reading.kind === "answer" ? reading.text.body : reading.kind;
  };
  assert.equal(await body("¿Dónde está mi pedido?", { locale: "en" }), "En camino.");
  assert.equal(await body("Onde está o meu pedido?"), "A caminho.");
  assert.equal(await body("DHL"), "On its way.");
  assert.equal(await body("DHL", { locale: "es-MX" }), "En camino.");
  assert.equal(await body("DHL", { language: "pt", locale: "es-MX" }), "A caminho.");
});

Deno.test("a question in a language without phrases is not answered at random", async () => {
  await using shop = await Shop.open();
  const write = (n: number, title: string, phrases: string[]) =>
    shop.write({ id: `answer00000${n}`, title, phrases, body: "…" });
  await write(1, "Where is my order?", [
    "When will my lamp arrive?",
    "track my order",
    "Has my order been sent?",
  ]);
  await write(2, "How do I return a lamp?", ["I want my money back", "Can I get a refund?", "send it back"]);
  await write(3, "Which bulb do I need?", ["Is the bulb included?", "Which socket does the lamp have?"]);
  for (
    const text of [
      "Wann kommt meine Lampe an?",
      "Je veux rendre une lampe",
      "¿Qué lámpara tiene socket E27?",
      "मेरा ऑर्डर कहाँ है?",
      "أين طلبي DHL order؟",
      "ランプ socket はどれですか",
      "Hur lång tid tar leveransen av my lamp?",
    ]
  ) assert.equal((await shop.read(text)).kind, "unknown", text);
  assert.equal((await shop.read("where is my lamp order")).kind, "answer");
});

Deno.test("small talk and a person are known before there is any answer, and never count as questions", async () => {
  await using shop = await Shop.open();
  assert.deepEqual(await shop.read("Talk to a person"), { kind: "person", language: "en" });
  const thanks = await shop.read("¡Muchas gracias!");
  assert.deepEqual([thanks.kind, thanks.language], ["small_talk", "es"]);
  assert.deepEqual(await shop.read("where is my order?"), { language: "en", kind: "unknown", guesses: [] });
  assert.deepEqual(shop.brain.kept, [], "nothing to keep");
});

Deno.test("an owner's own phrase goes before small talk, but not before a wish for a person", async () => {
  await using shop = await Shop.open();
  await shop.write({
    id: "hello0000001",
    title: "Hello",
    phrases: ["Talk to a person"],
    body: "Hi from the shop",
  });
  assert.equal((await shop.read("hello!")).kind, "answer");
  assert.equal((await shop.read("Talk to a person")).kind, "person");
});

Deno.test("a changed answer is known soon, and until then the former model answers", async () => {
  await using shop = await Shop.ofLamps();
  assert.equal((await shop.read("Do you sell candles?")).kind === "answer", false);
  await shop.write({ id: "candles00001", title: "Do you sell candles?", body: "Yes." });
  assert.equal((await shop.read("When will my lamp arrive?")).kind, "answer");
  await eventually(async () => (await shop.read("Do you sell candles?")).kind === "answer");
  const newest = { text: "Do you sell torches?", threshold: 0.7 };
  await shop.write({ id: "torches00001", title: "Do you sell torches?", body: "Yes." });
  assert.equal(
    (await shop.brain.read("asha", newest, { isNewest: true })).kind,
    "answer",
    "at once if asked for",
  );
});

Deno.test("an answer that was deleted or switched off is not given, even before the model knows", async () => {
  await using shop = await Shop.ofLamps();
  const [, , label] = questions[0]!;
  assert.equal((await shop.read("When will my lamp arrive?")).kind, "answer");
  const before = await answers.get(shop.store, ["asha", idOf("delivery7")]);
  await shop.write({ ...before!, enabled: false });
  assert.notEqual((await shop.read("When will my lamp arrive?")).kind, "answer", label);
  await shop.drop(idOf("delivery7"));
  assert.notEqual((await shop.read("When will my lamp arrive?")).kind, "answer");
});

Deno.test("concurrent first questions build one model, and an erasure drops it", async () => {
  await using shop = await Shop.ofLamps();
  let reads = 0;
  const { records } = shop.store, list = records.list.bind(records);
  records.list = (name, ...rest) => {
    if (name === answers.name) reads++;
    return list(name, ...rest);
  };
  await Promise.all(Array.from({ length: 20 }, () => shop.read("Where is my parcel?")));
  assert.equal(reads, 1, "its six answers were read once");
  assert.deepEqual(shop.brain.kept, ["asha"]);
  for (const collection of [answers, knowledgeHeads]) await collection.erase(shop.store, "asha");
  await eventually(() => shop.brain.kept.length === 0);
  assert.equal((await shop.read("Where is my parcel?")).kind, "unknown");
});

Deno.test("the 50 workspaces that asked last are kept", async () => {
  await using shop = await Shop.open();
  for (let n = 0; n < 52; n++) {
    await shop.write({ id: "shipping0001", title: "Where is my order?", body: `${n}` }, `shop${n}`);
  }
  for (let n = 0; n < 52; n++) {
    await shop.read("where is my order", {}, `shop${n}`);
    if (n === 50) await shop.read("where is my order", {}, "shop1");
  }
  assert.equal(shop.brain.kept.length, 50);
  assert.ok(shop.brain.kept.includes("shop1") && !shop.brain.kept.includes("shop2"));
  const reading = await shop.read("where is my order", {}, "shop0");
  assert.equal(reading.kind === "answer" && reading.text.body, "0", "built again");
});

Deno.test("a start phrase begins its flow, and is no answer to choose", async () => {
  await using shop = await Shop.ofLamps();
  const flow: Flow = {
    ...{ workspace: "asha", id: "complain0001", title: "Complaint", enabled: true, version: 1, updated: 1 },
    start: { phrases: ["I want to complain", "my lamp arrived broken"] },
    steps: [{ id: "sorry", do: "say", text: "We are sorry." }],
    locales: {},
  };
  await changeFlows(shop.store, "asha", () => ({ answer: undefined, put: flow }));
  const reading = await shop.read("my lamp arrived broken!");
  assert.deepEqual(reading, { kind: "flow", id: "complain0001", confidence: 1 });
  const { guesses } = await shop.brain.guesses("asha", "my lamp arrived broken");
  assert.ok(guesses.every(({ id }) => id !== "complain0001"));
  await changeFlows(shop.store, "asha", () => ({ answer: undefined, put: { ...flow, enabled: false } }));
  await eventually(async () => (await shop.read("my lamp arrived broken!")).kind !== "flow");
});

Deno.test("guesses name the phrase that is nearest", async () => {
  await using shop = await Shop.ofLamps();
  const { guesses } = await shop.brain.guesses("asha", "which bulb fits in this lamp");
  assert.equal(guesses.length, 3);
  assert.deepEqual([guesses[0]!.id, guesses[0]!.nearest], [idOf("bulbs7"), "Which bulb fits this lamp?"]);
});

Deno.test("a report card tells what to expect, what is confused, and where phrases are missing", async () => {
  await using shop = await Shop.ofLamps();
  await shop.write({
    id: "parcels00001",
    title: "Where is my packet?",
    phrases: ["Where is my parcel now?"],
    body: "…",
  });
  const card = await shop.brain.reportCard("asha", 0.7);
  assert.equal(card.labels, 7);
  // Two or three phrases a language are left of each answer.
  assert.ok(card.accuracy! > 0.3 && card.accuracy! < 1, `${card.accuracy}`);
  assert.ok(card.answered! < card.accuracy!);
  const { answered, precision } = await shop.brain.reportCard("asha", 0.5);
  assert.ok(answered! > card.answered! && precision! > card.accuracy!, `${answered}, ${precision}`);
  assert.deepEqual(card.few_phrases, {
    answers: [{ id: "parcels00001", title: "Where is my packet?", phrases: 1 }],
    total: 1,
  });
  assert.ok(card.confused.length > 0 && card.confused.length <= 5);
  const { labels, confused } = await shop.brain.reportCard("bruno", 0.7);
  assert.deepEqual([labels, confused], [0, []]);
});
