import assert from "node:assert/strict";
import { settingsStrings } from "../../../../web/portal/settings/words/settings_strings.ts";
import { strings as arabic } from "../../../../web/portal/settings/words/settings_strings_ar.ts";

const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

Deno.test("everything that the settings say is said in Arabic too, with the same blanks", () => {
  for (const [word, text] of Object.entries(settingsStrings)) {
    const said = arabic[word as keyof typeof settingsStrings];
    assert.ok(said, word);
    // A singular form may leave out the number.
    if (!word.endsWith("_one")) assert.deepEqual(blanks(said), blanks(text), word);
  }
});
