import { allAnswers } from "../chat/knowledge/knowledge.ts";
import { variantFor } from "../chat/knowledge/variant.ts";
import type { RecordStore } from "../db/collection.ts";
import { foldText } from "../db/search_words.ts";
import type { Brain } from "./brain.ts";
import { wordsIn } from "./turn/words.ts";

const languages = ["en", "de", "es", "fr", "pt", "hi", "ar", "ja"];
const plain = (text: string) => foldText(text).replace(/[\s\p{P}]+/gu, " ").trim();

/** Knows answers by their titles and phrases as they are written, whatever the case, accents and punctuation. */
export function exactBrain(store: RecordStore): Pick<Brain, "read" | "passages" | "guesses"> {
  const person = new Set(languages.map((language) => plain(wordsIn(language).person)));
  /** The answers whose title or a phrase this is, in any language. */
  const matches = async (workspace: string, text: string) => {
    const asked = plain(text);
    return (await allAnswers(store, workspace)).filter(({ title, phrases, locales, enabled }) => {
      const variants = [{ title, phrases }, ...Object.values(locales)];
      return enabled &&
        variants.some((one) => [one.title, ...one.phrases].some((each) => plain(each) === asked));
    });
  };
  return {
    async read(workspace, { text, locale = "", language = "" }) {
      const asked = plain(text);
      if (person.has(asked)) return { kind: "person" };
      const [answer] = await matches(workspace, text);
      if (answer) {
        const variant = variantFor(answer, [language, locale].filter(Boolean));
        return { kind: "answer", answer, text: variant, confidence: 1 };
      }
      return { kind: "unknown", guesses: [] };
    },
    async guesses(workspace, text) {
      const found = await matches(workspace, text);
      return { guesses: found.map(({ id, title }) => ({ id, title, nearest: title, confidence: 1 })) };
    },
    passages: () => Promise.resolve([]),
  };
}
