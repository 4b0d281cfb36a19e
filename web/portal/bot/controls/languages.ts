import { locale } from "../../words/words.ts";

/** Languages that are offered: the widget's first, then others that many speak. */
const tags = "en hi es fr de pt ar ja it nl pl tr ru uk zh ko id sv da cs".split(" ");

/** A language's name in the portal's language; the tag where there is none. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The languages that are offered, without some, by tag and name. */
export const languagesBut = (some: readonly string[]): [string, string][] =>
  tags.filter((tag) => !some.includes(tag)).map((tag) => [tag, languageName(tag)]);

/** Languages that the service has starter answers in: the widget's. */
export const starterLanguages = (): [string, string][] =>
  tags.slice(0, 8).map((tag) => [tag, languageName(tag)]);
