import assert from "node:assert/strict";
import { strings, type Word } from "../../../../web/widget/frame/strings.ts";
import { wordsIn } from "../../../../web/widget/frame/words.ts";

const gaps = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const isCounted = (word: string) => word.startsWith("new_");

Deno.test("every language says everything, and leaves the same gaps", () => {
  assert.deepEqual(Object.keys(strings), ["en", "hi", "es", "fr", "de", "pt", "ar", "ja"]);
  for (const [language, table] of Object.entries(strings)) {
    const words: Record<string, string> = table;
    for (const [word, english] of Object.entries(strings.en)) {
      if (isCounted(word)) continue;
      assert.ok(words[word], `${language} has no ${word}`);
      assert.deepEqual(gaps(words[word]!), gaps(english), `${language} ${word}`);
    }
    for (const form of new Intl.PluralRules(language).resolvedOptions().pluralCategories) {
      const isThere = `new_${form}` in words || form === "many" && "new_other" in words;
      assert.ok(isThere, `${language} has no new_${form}`);
    }
  }
});

Deno.test("numbers take the form that the language wants", () => {
  const many = (locale: string, n: number) => wordsIn([locale]).words.count("new", n);
  assert.deepEqual([1, 2].map((n) => many("en", n)), ["1 new message", "2 new messages"]);
  assert.equal(many("ar-EG", 2), "رسالتان جديدتان");
  assert.equal(many("ja", 1), "新着メッセージ1件");
  assert.equal(wordsIn(["de"]).words.seconds(5), "5 Sekunden");
});

Deno.test("the first wanted language that is spoken is taken, else English", () => {
  const taken = (...wanted: (string | undefined)[]) => wordsIn(wanted).words.locale;
  assert.equal(taken(undefined, "", "nl", "pt-BR", "de"), "pt-BR");
  assert.equal(taken("nl"), "en");
  assert.equal(wordsIn(["ar"]).isRtl, true);
  assert.equal(wordsIn(["nl"]).words.say("send" satisfies Word), "Send");
});

Deno.test("a tag that Intl would refuse is read as what it means, and no words ever throw", () => {
  const taken = (...wanted: (string | undefined)[]) => wordsIn(wanted).words.locale;
  assert.deepEqual(
    ["pt_BR", "es_419", "fr_FR@euro", "de_DE.UTF-8", "HI", "ja-", "pt-BR-!!", " de "].map((tag) =>
      taken(tag)
    ),
    ["pt-BR", "es-419", "fr-FR", "de-DE", "hi", "ja", "pt", "de"],
  );
  assert.equal(taken("C", "POSIX", "_", "-", "x", "toString", "__proto__", "\0", "1234", "pt_BR"), "pt-BR");
  // Unsupported languages whose tags begin like a supported one.
  for (const other of ["arn", "frr", "hil", "esu", "deu2"]) assert.equal(taken(other), "en", other);
  for (const tag of ["pt_BR", "fr_FR@euro", "ar_EG", "zz-", "en-u-nu-", "de-" + "x".repeat(99)]) {
    const { words } = wordsIn([tag]);
    words.count("new", 2);
    words.seconds(5);
  }
});
