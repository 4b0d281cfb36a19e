import assert from "node:assert/strict";
import fc from "fast-check";
import { excerptOf, findPhrases, parsePhrases } from "../../db/search_phrases.ts";

Deno.test("an excerpt is the text around what was found, and marks it there", () => {
  const text = `${"before ".repeat(100)}here is the needle, and ${"after ".repeat(300)}`;
  const { content, from, of, marks } = excerptOf(text, parsePhrases("needle"))!;
  assert.equal(text.slice(from, from + content.length), content);
  assert.equal(of, text.length);
  assert.deepEqual(marks.map(([start, end]) => content.slice(start, end)), ["needle"]);
  assert.ok(content.length <= 240 && marks[0]![0] <= 40);
  assert.deepEqual(excerptOf("a short one", parsePhrases("short")), {
    ...{ content: "a short one", from: 0, of: 11, marks: [[2, 7]] },
  });
  assert.equal(excerptOf(text, parsePhrases("needle nowhere")), undefined);
});

Deno.test("an excerpt is short whatever lies between what was found", () => {
  const far = `one${"\u0001".repeat(3_900)}two`;
  const { content, marks } = excerptOf(far, parsePhrases('"one two"'))!;
  assert.ok(content.length <= 240);
  assert.deepEqual(marks, [[0, content.length]]);
  const many = excerptOf("tea ".repeat(1_000), parsePhrases("tea tea tea tea"))!;
  assert.ok(many.marks.length <= 20);
});

Deno.test("any text has an excerpt where it holds the phrases, whole characters within it", () => {
  const text = fc.array(fc.constantFrom("tea", "東京", "🎉", "👩‍👧", "ordér", "\n", "x".repeat(70)), {
    maxLength: 300,
  })
    .map((words) => words.join(" "));
  fc.assert(fc.property(text, fc.constantFrom("tea", "京", "🎉 ord", '"tea 東"'), (text, q) => {
    const phrases = parsePhrases(q), excerpt = excerptOf(text, phrases);
    assert.equal(excerpt !== undefined, findPhrases(text, phrases) !== undefined);
    if (!excerpt) return;
    assert.ok(excerpt.content.isWellFormed());
    assert.ok(excerpt.marks.length > 0);
    for (const [start, end] of excerpt.marks) assert.ok(start < end && end <= excerpt.content.length);
  }));
});

Deno.test("a query of many signs is cut to a few words: it finds what holds their beginning, in milliseconds", () => {
  const text = "語".repeat(4_000), q = Array(8).fill("語".repeat(20)).join(" ");
  const phrases = parsePhrases(q);
  assert.ok(phrases.flatMap(({ words }) => words).length <= 24);
  const began = performance.now();
  for (let i = 0; i < 20; i++) assert.ok(excerptOf(text, phrases));
  const ms = (performance.now() - began) / 20;
  assert.ok(ms < 40, `${ms} ms a message`);
});
