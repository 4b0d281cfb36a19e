import { languageOf, languageTag } from "../../ui/language_tag.ts";
import { Phrases } from "../../ui/phrases.ts";
import { strings, type Word } from "./strings.ts";

export type Words = Phrases<Word>;

const rightToLeft = ["ar"];

/** The frame's strings in the first wanted language that it has; else English. */
export function wordsIn(wanted: readonly (string | undefined)[]): { words: Words; isRtl: boolean } {
  const locale = wanted.map(languageTag).find((tag) => tag && Object.hasOwn(strings, languageOf(tag))) ??
    "en";
  const language = languageOf(locale) as keyof typeof strings;
  return { words: new Phrases(locale, strings[language], strings.en), isRtl: rightToLeft.includes(language) };
}
