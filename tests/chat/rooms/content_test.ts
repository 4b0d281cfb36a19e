import assert from "node:assert/strict";
import { checkContent } from "../../../chat/rooms/content.ts";
import { InvalidInput } from "../../../chat/errors.ts";
import { ChatbotSettings } from "../../../protocol/chatbot.ts";
import { OpenSession } from "../../../protocol/requests.ts";

/** Texts without any visible character. */
const blank = [
  "",
  " \n\t\u00a0\u3000\u2029",
  "\u2800",
  "\u3164",
  "\uffa0\u115f\u1160",
  "\u200b",
  "\u200b\u200c\u200d\u2060\ufeff\u00ad",
  "\u2800\u0301",
  "\u0301\u20e3",
  "\u180e\u034f\u061c",
  "\ufe0f\u{e0100}",
  "\u202e\u202c\u2066\u2069",
  "\u{e0067}\u{e007f}",
  "\u{1d159}",
  "\u0007\u001b\u0085",
  "\u{1d173}\u{1bca0}",
];

/** Texts with at least one visible character. */
const seen = [
  ".",
  "\u200ba\u200b",
  "👩‍👩‍👧‍👦",
  "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "🇩🇪",
  "1\ufe0f\u20e3",
  "❤\ufe0f",
  "\u2801",
  "ㅤa",
  "e\u0301",
  "की",
  "\u0600",
  "\u202eabc",
  "﷽",
  "\ufffd",
];

Deno.test("a message of nothing that is seen is refused like spaces", () => {
  for (const content of blank) {
    const refused = (error: Error) => error instanceof InvalidInput && /may not be empty/.test(error.message);
    assert.throws(() => checkContent(content), refused, JSON.stringify(content));
  }
  for (const content of seen) assert.doesNotThrow(() => checkContent(content), content);
});

Deno.test("a title of nothing that is seen is refused, and such a name is none", () => {
  for (const text of blank) {
    assert.equal(ChatbotSettings.safeParse({ title: text }).success, false, JSON.stringify(text));
    assert.equal(OpenSession.parse({ name: text }).name, undefined, JSON.stringify(text));
  }
  for (const text of seen) {
    assert.equal(ChatbotSettings.parse({ title: text }).title, text.trim());
    assert.equal(OpenSession.parse({ name: text }).name, text.trim());
  }
});

Deno.test("whether a text of any length is blank is found in its length", () => {
  const began = performance.now();
  for (const sign of ["\u200b", "\u2800", "\u0301", " "]) {
    assert.throws(() => checkContent(sign.repeat(60_000)), InvalidInput);
    assert.throws(() => checkContent(sign.repeat(60_000) + "."));
  }
  assert.ok(performance.now() - began < 250);
});
