import { ok } from "node:assert/strict";
import { jsonBytes, messageBytes } from "../../db/byte_budget.ts";
import type { Message } from "../../protocol/records.ts";

const message = (content: string, more: Partial<Message> = {}): Message => ({
  ...{ author: "visitor-1", side: "visitor", content, room: "asha visitor-1", kind: "text" },
  ...{ created: "2026-11-27T21:40:00.000Z", id: "0123456789abcdef.1", seq: 1, ...more },
});

Deno.test("a message never takes more of an answer than is counted for it, and hardly less", () => {
  const texts = ["hello", "x".repeat(4_000), 'he said "no"', "a\\b\n\t", "\x01\x7f", "привет 😀", "\u2028"];
  for (const text of texts) {
    for (
      const one of [
        message(text),
        message(text, { client_id: 'é"' }),
        message(text, { client_id: "a-1", kind: "status", seq: Number.MAX_SAFE_INTEGER }),
        message(text, { side: "admin", by: { id: "a1", name: "Ana 漢" }, reply: { seq: 1, button: '"' } }),
        message(text, { by: "bot", extra: { type: "answer", helpful: true } }),
      ]
    ) {
      const real = jsonBytes(one) + 1, counted = messageBytes(one);
      ok(counted >= real && counted <= real + 50, `${JSON.stringify(one)}: ${real}, counted ${counted}`);
    }
  }
});
