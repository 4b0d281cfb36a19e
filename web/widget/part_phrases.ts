import { languageOf } from "../ui/language_tag.ts";
import { Phrases } from "../ui/phrases.ts";

/** The words of a part of the frame in one language; in English, where they are not in that one. */
export function partPhrases<Word extends string>(
  tables: { en: Record<Word, string> } & Record<string, Record<Word, string>>,
  locale: string,
): Phrases<Word> {
  return new Phrases(locale, tables[languageOf(locale)] ?? tables.en, tables.en);
}
