import { allAnswers } from "../chat/knowledge/knowledge.ts";
import { variantFor } from "../chat/knowledge/variant.ts";
import type { RecordStore } from "../db/collection.ts";
import { foldText } from "../db/search_words.ts";
import type { Brain } from "./brain.ts";
import { wordsIn } from "./turn/words.ts";

const languages = ["en", "de", "es", "fr", "pt", "hi", "ar", "ja"];
const plain = (text: string) => foldText(text).replace(/[\s\p{P}]+/gu, " ").trim();

/** Knows answers by their titles and phrases as they are written, whatever the case, accents and punctuation. */
export function exactBrain(store: RecordStore): Pick<Brain, "read" | "passages"> {
  const person = new Set(languages.map((language) => plain(wordsIn(language).person)));
  return {
    async read(workspace, { text, locale = "", language = "" }) {
      const asked = plain(text);
      if (person.has(asked)) return { kind: "person" };
      for (const answer of await allAnswers(store, workspace)) {
        const { title, phrases, locales, enabled } = answer;
        const all = [
          title,
          ...phrases,
          ...Object.values(locales).flatMap((one) => [one.title, ...one.phrases]),
        ];
        if (!enabled || !all.some((one) => plain(one) === asked)) continue;
        return {
          kind: "answer",
          answer,
          text: variantFor(answer, [language, locale].filter(Boolean)),
          confidence: 1,
        };
      }
      return { kind: "unknown", guesses: [] };
    },
    passages: () => Promise.resolve([]),
  };
}
