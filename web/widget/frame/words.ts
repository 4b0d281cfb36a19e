import { languageOf, languageTag } from "../../ui/language_tag.ts";
import { Phrases } from "../../ui/phrases.ts";
import { strings, type Word } from "./strings.ts";

export type Words = Phrases<Word>;

const rightToLeft = ["ar"];

/** The frame's words in the first of the wanted languages that it speaks; English if it speaks none. */
export function wordsIn(wanted: readonly (string | undefined)[]): { words: Words; isRtl: boolean } {
  const locale = wanted.map(languageTag).find((tag) => tag && Object.hasOwn(strings, languageOf(tag))) ??
    "en";
  const language = languageOf(locale) as keyof typeof strings;
  return { words: new Phrases(locale, strings[language], strings.en), isRtl: rightToLeft.includes(language) };
}
