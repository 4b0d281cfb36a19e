import assert from "node:assert/strict";
import { openQuestion } from "../../../bot/turn/open_question.ts";
import { maxContentLength } from "../../../protocol/limits.ts";
import type { Message } from "../../../protocol/records.ts";

const text = (seq: number, content: string) =>
  ({ seq, content, side: "visitor", kind: "text" }) as unknown as Message;

Deno.test("texts that were written together are one question", () => {
  const question = openQuestion([text(1, "Hello "), text(2, "where is my order?")], 0);
  assert.deepEqual([question?.seq, question?.text], [2, "Hello\nwhere is my order?"]);
});

Deno.test("a question is no longer than one text may be, whatever was written before it", () => {
  const full = "x".repeat(maxContentLength);
  const many = Array.from({ length: 38 }, (_, n) => text(n + 1, full));
  assert.equal(openQuestion([...many, text(39, "y".repeat(100)), text(40, "z")], 0)?.text.length, 102);
  assert.equal(openQuestion(many, 0)?.text, full);
});
