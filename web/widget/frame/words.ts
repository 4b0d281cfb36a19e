import { languageOf, languageTag } from "../../ui/language_tag.ts";
import { Phrases } from "../../ui/phrases.ts";
import { english, type Table, type Word } from "./strings.ts";

export type Words = Phrases<Word>;

/** Strings in one language, and its direction. */
export interface Spoken {
  words: Words;
  isRtl: boolean;
}

/** Each a part that is loaded when it is wanted. */
export const languages: Record<string, () => Promise<{ default: Table }>> = {
  hi: () => import("./languages/hi.ts"),
  es: () => import("./languages/es.ts"),
  fr: () => import("./languages/fr.ts"),
  de: () => import("./languages/de.ts"),
  pt: () => import("./languages/pt.ts"),
  ar: () => import("./languages/ar.ts"),
  ja: () => import("./languages/ja.ts"),
};
const rightToLeft = ["ar"];

const isSpoken = (language: string) => language === "en" || Object.hasOwn(languages, language);

/** The frame's strings in the first wanted language that it has; English if there is none, or if it cannot be loaded. */
export async function wordsIn(wanted: readonly (string | undefined)[]): Promise<Spoken> {
  const locale = wanted.map(languageTag).find((tag) => tag && isSpoken(languageOf(tag))) ?? "en";
  const language = languageOf(locale);
  try {
    const table = language === "en" ? english : (await languages[language]!()).default;
    return { words: new Phrases(locale, table, english), isRtl: rightToLeft.includes(language) };
  } catch {
    return { words: new Phrases("en", english, english), isRtl: false };
  }
}
