import assert from "node:assert/strict";
import fc from "fast-check";
import { train } from "../../bot/classifier.ts";
import { phrases, questions, unrelated } from "./lamp_shop.ts";

/** Minimum confidence at which the bot answers. */
const threshold = 0.7;

const shopExamples = Object.entries(phrases)
  .flatMap(([label, texts]) => texts.map((text) => ({ text, label })));

const shop = await train(shopExamples);

const best = (classifier: typeof shop, text: string) => classifier.classify(text)[0]!;

Deno.test("questions that no example repeats get their label, in five languages", () => {
  const wrong = questions.filter(([, text, label]) => best(shop, text).label !== label);
  assert.ok(wrong.length <= 2, wrong.join("\n"));
  for (const language of new Set(questions.map(([language]) => language))) {
    assert.ok(wrong.filter((question) => question[0] === language).length <= 1, language);
  }
});

Deno.test("more than half of them are sure enough to be answered, and those are right", () => {
  const sure = questions.filter(([, text]) => best(shop, text).confidence >= threshold);
  assert.ok(sure.length > questions.length / 2, `${sure.length} of ${questions.length}`);
  for (const [, text, label] of sure) assert.equal(best(shop, text).label, label, text);
});

Deno.test("a question about anything else is not answered", () => {
  for (const text of unrelated) {
    const { label, confidence } = best(shop, text);
    assert.ok(confidence < threshold, `${text} → ${label} ${confidence}`);
  }
});

Deno.test("a text in which nothing is known has confidence 0 for each label", () => {
  for (const text of ["", " \n\t", "?!…", "🦔🦔", "\u200f\u200e", "\ud800", "ΩΨ ΩΨ"]) {
    const guesses = shop.classify(text);
    assert.equal(guesses.length, 6);
    assert.deepEqual(
      new Set(guesses.map(({ confidence }) => confidence)),
      new Set([0]),
      JSON.stringify(text),
    );
  }
});

Deno.test("case, width, apostrophes and direction marks make no difference", () => {
  const plain = shop.classify("whats the address of the shop");
  for (
    const text of [
      "WHAT'S THE ADDRESS OF THE SHOP?",
      "what’s  the\u00a0address of the shop",
      "\u200fwhats the \uff41\uff44\uff44\uff52\uff45\uff53\uff53 of the shop\u200e",
    ]
  ) assert.deepEqual(shop.classify(text), plain, text);
});

Deno.test("confidences are numbers from 0 to 1, best first, one for each label, whatever is asked", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), words()), (text) => {
      const guesses = shop.classify(text);
      assert.deepEqual(guesses.map(({ label }) => label).toSorted(), Object.keys(phrases).toSorted());
      for (const [at, { confidence }] of guesses.entries()) {
        assert.ok(confidence >= 0 && confidence <= (guesses[at - 1]?.confidence ?? 1), text);
      }
    }),
    { numRuns: 100 },
  );
});

/** Random sequences of words of the shop's examples. */
function words() {
  const known = shopExamples.flatMap(({ text }) => text.split(" "));
  return fc.array(fc.constantFrom(...known), { maxLength: 12 }).map((words) => words.join(" "));
}

Deno.test("equal examples make equal classifiers, and no training disturbs another", async () => {
  const twins = await Promise.all([
    train(shopExamples),
    train(shopExamples.slice(0, 20)),
    train(shopExamples),
  ]);
  for (const [, text] of questions) {
    assert.deepEqual(twins[0]!.classify(text), shop.classify(text));
    assert.deepEqual(twins[2]!.classify(text), shop.classify(text));
  }
});

Deno.test("any texts and labels can be learnt", async () => {
  const example = fc.record({
    text: fc.string({ unit: "binary", maxLength: 40 }),
    label: fc.constantFrom("__proto__", "constructor", "toString", "", "hours", "هل", "x1"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(example, { maxLength: 12 }), fc.string(), async (examples, text) => {
      const classifier = await train(examples);
      const labels = new Set<string>(examples.map(({ label }) => label));
      for (const question of [text, ...examples.map(({ text }) => text)]) {
        for (const { label, confidence } of classifier.classify(question)) {
          assert.ok(labels.has(label) && confidence >= 0 && confidence <= 1);
        }
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("a label named like a property of objects is a label", async () => {
  const classifier = await train([
    { text: "Where is my parcel?", label: "__proto__" },
    { text: "When are you open?", label: "constructor" },
  ]);
  assert.equal(best(classifier, "where is the parcel").label, "__proto__");
  assert.equal(best(classifier, "open today?").label, "constructor");
});

Deno.test("nothing learnt answers nothing", async () => {
  for (const examples of [[], [{ text: " ", label: "x1" }]]) {
    assert.deepEqual((await train(examples)).classify("Where is my parcel?"), []);
  }
});

Deno.test("an only label is not the answer to everything", async () => {
  for (const more of [[], [{ text: "When does my order arrive?", label: "x1" }]]) {
    const classifier = await train([{ text: "Where is my parcel?", label: "x1" }, ...more]);
    assert.ok(best(classifier, "where is my parcel").confidence >= threshold);
    assert.ok(best(classifier, "What is the capital of Peru?").confidence < 0.35);
  }
});

Deno.test("a text with two labels is answered with neither", async () => {
  const classifier = await train([
    { text: "Where is my parcel?", label: "x1" },
    { text: "Where is my parcel?", label: "x2" },
    { text: "When are you open?", label: "x3" },
  ]);
  const guesses = classifier.classify("Where is my parcel?");
  assert.deepEqual(guesses.slice(0, 2).map(({ label }) => label).toSorted(), ["x1", "x2"]);
  assert.ok(guesses[0]!.confidence < threshold);
});

Deno.test("an example given many times counts once", async () => {
  const again = await train(shopExamples.flatMap((example) => [example, { ...example }, example]));
  for (const [, text] of questions) assert.deepEqual(again.classify(text), shop.classify(text));
});

Deno.test("a label's own words count as an example, an id does not", async () => {
  const named = await train([
    { text: "qwerty", label: "opening_hours" },
    { text: "asdfgh", label: "lost-parcel" },
    { text: "zxcvbn", label: "a7_gift_voucher" },
  ]);
  assert.equal(best(named, "what are your opening hours?").label, "opening_hours");
  assert.equal(best(named, "I lost a parcel").label, "lost-parcel");
  assert.ok(best(named, "gift voucher").confidence < 0.1);
});

Deno.test("more examples or labels than can be learnt are refused", async () => {
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ text: "Where?", label: `x${at}` }));
  await assert.rejects(train(numbered(501)), new RangeError("Too many labels: 501; at most 500"));
  const many = numbered(20_001).map(({ text }) => ({ text, label: "x1" }));
  await assert.rejects(train(many), new RangeError("Too many examples: 20001; at most 20000"));
  assert.equal((await train(numbered(500))).classify("Where?").length, 500);
});

Deno.test("only the beginning of a long text is read", async () => {
  const begins = "Where is my parcel? ".repeat(60);
  const long = begins + "x".repeat(100_000 - begins.length);
  assert.deepEqual(shop.classify(long), shop.classify(begins));
  // NFKC expands this code point to 18.
  assert.equal(shop.classify("\ufdfa".repeat(100_000)).length, 6);
  const classifier = await train([{ text: long, label: "x1" }, { text: "When are you open?", label: "x2" }]);
  assert.equal(best(classifier, "my parcel").label, "x1");
});

Deno.test("the event loop turns while a classifier is trained", async () => {
  let turns = 0;
  const counting = setInterval(() => turns++);
  const examples = shopExamples.flatMap(({ text, label }, at) =>
    Array.from({ length: 6 }, (_, turn) => ({ text: `${text} ${at * 31 + turn}`, label: `${label}${turn}` }))
  );
  const training = train(examples);
  const begun = performance.now();
  await training;
  clearInterval(counting);
  // With slices of 4 ms, timers run between them; a training in one piece would leave no turn.
  assert.ok(turns >= Math.min(20, (performance.now() - begun) / 40), `${turns} turns`);
  assert.ok(turns >= 5, `${turns} turns`);
});

Deno.test("spellings that people mix are one: accents, vowel signs, forms of alef, digits", () => {
  for (
    const [one, other] of [
      ["¿Cuánto tarda el envío?", "cuanto tarda el envio"],
      ["كم يستغرق الشَّحْن؟", "كم يستغرق الشحـن"],
      ["أين إلى آخر", "اين الي اخر"],
      ["Straße", "STRASSE"],
      ["بعد ١٢ يوم", "بعد 12 يوم"],
    ] as const
  ) assert.deepEqual(shop.classify(one), shop.classify(other), one);
});
