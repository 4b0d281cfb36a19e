import assert from "node:assert/strict";
import { botStrings } from "../../../../web/portal/bot/words/bot_strings.ts";
import { strings as botArabic } from "../../../../web/portal/bot/words/bot_strings_ar.ts";
import { consoleStrings } from "../../../../web/portal/bot/words/console_strings.ts";
import { strings as consoleArabic } from "../../../../web/portal/bot/words/console_strings_ar.ts";
import { knowledgeStrings } from "../../../../web/portal/bot/words/knowledge_strings.ts";
import { strings as knowledgeArabic } from "../../../../web/portal/bot/words/knowledge_strings_ar.ts";
import { optionsStrings } from "../../../../web/portal/bot/words/options_strings.ts";
import { strings as optionsArabic } from "../../../../web/portal/bot/words/options_strings_ar.ts";

const tables: [Record<string, string>, Record<string, string>][] = [
  [botStrings, botArabic],
  [knowledgeStrings, knowledgeArabic],
  [optionsStrings, optionsArabic],
  [consoleStrings, consoleArabic],
];
const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

Deno.test("everything that the chatbot's pages say is said in Arabic too, with the same blanks", () => {
  for (const [word, text] of tables.flatMap(([english]) => Object.entries(english))) {
    const said = tables.map(([, arabic]) => arabic[word]).find(Boolean);
    assert.ok(said, word);
    if (!word.endsWith("_one")) assert.deepEqual(blanks(said), blanks(text), word);
  }
});
