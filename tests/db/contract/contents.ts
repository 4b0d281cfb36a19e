import assert from "node:assert/strict";
import type { ContractTest } from "../store_contract.ts";
import { draft, veraAtAsha } from "./fixtures.ts";

/** Texts that stores and languages are known to alter. */
const difficult = [
  "",
  " ",
  "\n\r\n\t line ends \u2028\u2029\u0085 ",
  "👨‍👩‍👧‍👦".repeat(363),
  "漢".repeat(4_000),
  "x".repeat(4_000),
  "שלום עולם, مرحبا بالعالم \u202Eback to front\u202C",
  "e\u0301 is not é, ﬁ is not fi, İ ı ß ẞ",
  "zero\u200Bwidth\uFEFF joiner\u200D",
  "\u0001\u0007\u001B[31m\u007F",
  "\uFFFD \uFFFE \u{10FFFF} \u{1F9D1}\u{1F3FD}",
  `'; DROP TABLE messages; -- " \\ \\' \\" \\\\ \\0 \\u0000 $1 ? :a @b {0}`,
  "100 %, _, %s, %00, &amp; <b>bold</b> <script>alert(1)</script>",
  '{"command":"new_message"}',
  "[null]",
  "null",
  "NaN",
  "0123",
  "1e400",
  "-0",
  "true",
  "9007199254740993",
  "2026-11-23T09:00:00.000Z",
  "__proto__",
];

export function contents(contractTest: ContractTest): void {
  contractTest(
    "whatever is written comes back as it was, at once, from the history and after a restart",
    async (store, opened) => {
      for (const content of difficult) {
        const { message } = await store.appendMessage(draft(veraAtAsha, content));
        assert.equal(message.content, content);
      }
      const page = await store.messagesAfter(veraAtAsha, 0, 100);
      assert.deepEqual(page.map(({ content }) => content), difficult);
      const list = await store.rooms("asha", { limit: 1, filter: "all", messages: 100 });
      assert.deepEqual(list.rooms[0]?.messages, page);
      const again = await opened.reopen();
      assert.deepEqual(await again.messagesBefore(veraAtAsha, undefined, 100), page);
    },
  );
}
