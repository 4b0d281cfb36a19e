import assert from "node:assert/strict";
import { english, type Word } from "../../../../web/widget/frame/strings.ts";
import { languages, wordsIn } from "../../../../web/widget/frame/words.ts";

const gaps = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const isCounted = (word: string) => word.startsWith("new_");
const taken = async (...wanted: (string | undefined)[]) => (await wordsIn(wanted)).words.locale;

Deno.test("every language says everything, and leaves the same gaps", async () => {
  assert.deepEqual(Object.keys(languages), ["hi", "es", "fr", "de", "pt", "ar", "ja"]);
  for (const [language, load] of Object.entries(languages)) {
    const words: Record<string, string | undefined> = (await load()).default;
    for (const [word, text] of Object.entries(english)) {
      if (isCounted(word)) continue;
      assert.ok(words[word], `${language} has no ${word}`);
      assert.deepEqual(gaps(words[word]!), gaps(text), `${language} ${word}`);
    }
    for (const form of new Intl.PluralRules(language).resolvedOptions().pluralCategories) {
      const isThere = `new_${form}` in words || form === "many" && "new_other" in words;
      assert.ok(isThere, `${language} has no new_${form}`);
    }
  }
});

Deno.test("numbers take the form that the language wants", async () => {
  const many = async (locale: string, n: number) => (await wordsIn([locale])).words.count("new", n);
  assert.deepEqual([await many("en", 1), await many("en", 2)], ["1 new message", "2 new messages"]);
  assert.equal(await many("ar-EG", 2), "رسالتان جديدتان");
  assert.equal(await many("ja", 1), "新着メッセージ1件");
  assert.equal((await wordsIn(["de"])).words.seconds(5), "5 Sekunden");
});

Deno.test("the first wanted language that is spoken is taken, else English", async () => {
  assert.equal(await taken(undefined, "", "nl", "pt-BR", "de"), "pt-BR");
  assert.equal(await taken("nl"), "en");
  assert.equal((await wordsIn(["ar"])).isRtl, true);
  assert.equal((await wordsIn(["nl"])).words.say("send" satisfies Word), "Send");
});

Deno.test("a tag that Intl would refuse is read as what it means, and no words ever throw", async () => {
  const tags = ["pt_BR", "es_419", "fr_FR@euro", "de_DE.UTF-8", "HI", "ja-", "pt-BR-!!", " de "];
  assert.deepEqual(
    await Promise.all(tags.map((tag) => taken(tag))),
    ["pt-BR", "es-419", "fr-FR", "de-DE", "hi", "ja", "pt", "de"],
  );
  assert.equal(
    await taken("C", "POSIX", "_", "-", "x", "toString", "__proto__", "\0", "1234", "pt_BR"),
    "pt-BR",
  );
  // Unsupported languages whose tags begin like a supported one.
  for (const other of ["arn", "frr", "hil", "esu", "deu2"]) assert.equal(await taken(other), "en", other);
  for (const tag of ["pt_BR", "fr_FR@euro", "ar_EG", "zz-", "en-u-nu-", "de-" + "x".repeat(99)]) {
    const { words } = await wordsIn([tag]);
    words.count("new", 2);
    words.seconds(5);
  }
});
