import assert from "node:assert/strict";
import { reportsStrings } from "../../../../web/portal/reports/words/reports_strings.ts";
import { strings as arabic } from "../../../../web/portal/reports/words/reports_strings_ar.ts";

const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

Deno.test("everything that the reports say is said in Arabic too, with the same blanks", () => {
  for (const [word, text] of Object.entries(reportsStrings)) {
    const said = arabic[word as keyof typeof reportsStrings];
    assert.ok(said, word);
    if (!word.endsWith("_one")) assert.deepEqual(blanks(said), blanks(text), word);
  }
});
