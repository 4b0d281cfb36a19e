import assert from "node:assert/strict";
import fc from "fast-check";
import { AnswerText } from "../../../bot/llm/answer_text.ts";
import { eventsOf } from "../../../bot/llm/event_stream.ts";

async function read(chunks: Uint8Array[]): Promise<string[]> {
  const all: string[] = [];
  for await (const data of eventsOf(ReadableStream.from(chunks))) all.push(data);
  return all;
}

const cut = (bytes: Uint8Array, sizes: number[]) => {
  const chunks: Uint8Array[] = [];
  for (let from = 0, n = 0; from < bytes.length; n++) {
    const size = sizes[n % sizes.length]!;
    chunks.push(bytes.slice(from, from + size));
    from += size;
  }
  return chunks;
};

Deno.test("an event stream is read the same wherever its bytes are cut and however its lines end", async () => {
  const stream =
    ": hello\n\ndata: नमस्ते 🙂\n\nevent: x\nid: 1\ndata:two\ndata: lines\n\n\n\ndata\n\ndata: last";
  const events = ["नमस्ते 🙂", "two\nlines", "", "last"];
  for (const end of ["\n", "\r\n", "\r"]) {
    const bytes = new TextEncoder().encode(stream.replaceAll("\n", end));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
        async (sizes) => {
          assert.deepEqual(await read(cut(bytes, sizes)), events);
        },
      ),
      { numRuns: 60 },
    );
  }
});

Deno.test("too long lines and bodies and broken bytes are refused", async () => {
  const encoder = new TextEncoder();
  const line = encoder.encode("x".repeat(40_000));
  await assert.rejects(read([line, line]), { name: "BadBody" });
  const comment = encoder.encode(`: ${"x".repeat(10_000)}\n`);
  await assert.rejects(read(Array(120).fill(comment)), { name: "BadBody" });
  await assert.rejects(read([encoder.encode("data: a"), new Uint8Array([0xc3])]), { name: "BadBody" });
});

/** What is shown of a text that arrives in pieces, by piece. */
function shownOf(pieces: string[], isGood: (text: string) => boolean = () => true) {
  const shown: string[] = [];
  const text = new AnswerText(isGood, (part) => void shown.push(part));
  for (const piece of pieces) text.add(piece);
  text.end();
  return { text, shown };
}

Deno.test("nothing is shown before the verdict, whatever pieces it comes in", () => {
  for (const line of ["ANSWER\n", "ANSWER:\n\n", "**ANSWER**\n", "  ANSWER.\r\n", "# ANSWER\n"]) {
    const { text, shown } = shownOf([...line, ..."It is free [1]. "]);
    assert.equal(text.verdict, "answer", line);
    assert.equal(text.text, "It is free [1].");
    assert.equal(shown.join(""), "It is free [1]. ");
  }
  const { text, shown } = shownOf(["ANSWER", " It is free of charge and comes within a week", " [1]."]);
  assert.deepEqual([text.verdict, text.text.slice(0, 10)], ["answer", "It is free"]);
  assert.ok(shown.length > 0);
  for (const line of ["HANDOFF", "HANDOFF: not in the sources\n", "**HANDOFF** because\n"]) {
    assert.equal(shownOf([...line]).text.verdict, "handoff", line);
  }
  for (const line of ["Answer: yes\n", "ANSWERS are\n", "It is free [1].", "I cannot HANDOFF\n", ""]) {
    const { text, shown } = shownOf([...line]);
    assert.deepEqual([text.verdict, shown], ["missing", []], line);
  }
});

Deno.test("addresses, numbers and citations are shown whole, or not at all", () => {
  const pieces = [..."ANSWER\nSee https://shop.example/a?b=1 or call +44 20 7946 0018 now [1] ok [2]. "];
  for (const word of ["https://shop.example/a?b=1", "+44 20 7946 0018", "[1]"]) {
    const { shown } = shownOf(pieces);
    assert.equal(shown.filter((part) => part.includes(word)).length, 1, word);
  }
  const { shown } = shownOf(pieces, (text) => !text.includes("7946"));
  assert.equal(shown.join(""), "See https://shop.example/a?b=1 or call ");
});

Deno.test("a text that is cut off ends with its last whole sentence", () => {
  const whole = (text: string) => shownOf([`ANSWER\n${text}`]).text.wholeSentences();
  assert.equal(whole("It is free [1]. It comes in 3.5 da"), "It is free [1].");
  assert.equal(whole("It is free. [1] It com"), "It is free. [1]");
  assert.equal(whole("送料は無料です[1]。返品は"), "送料は無料です[1]。");
  assert.equal(whole("Really?! (Yes.) And"), "Really?! (Yes.)");
  assert.equal(whole("no end in sight"), "");
  assert.ok(whole("It is free [1]. ".repeat(200)).length <= 1_200);
});
