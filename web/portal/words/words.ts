import { signal } from "@preact/signals";
import { languageOf } from "../../ui/language_tag.ts";
import { Phrases } from "../../ui/phrases.ts";
import { preferences } from "../service/preferences.ts";
import { strings, type Word } from "./strings.ts";
export type { Word } from "./strings.ts";

type Table = Partial<Record<string, string>>;

type Loads = Record<string, () => Promise<{ strings: Table }>>;

/** Other languages, each loaded when chosen; tables of lazy parts are merged in. */
const languages: Loads = { ar: () => import("./strings_ar.ts") };
const parts: Loads[] = [languages];
const rightToLeft = ["ar", "fa", "he", "ur"];

const english: Record<string, string> = { ...strings };
let table: Table = {};
let choices = 0;
const spoken = signal(new Phrases<string>(localeOf("en"), table, english));

/** The string of a key, in the chosen language. Components that use it render again when that changes. */
export function say(word: Word, values?: Record<string, string | number>): string {
  return spoken.value.say(word, values);
}

/** The plural form for `n`: keys are `<stem>_one`, `<stem>_few`, `<stem>_other` … */
export function count(stem: string, n: number): string {
  return spoken.value.count(stem, n);
}

/** For dates and numbers. */
export function locale(): string {
  return spoken.value.locale;
}

/** The stems of keys with plural forms. */
type Stem<Key> = Key extends `${infer S}_other` ? S : never;

/**
 * Merges the words of a part that is loaded later into the one table: they are said through what this returns. `others`:
 * other languages, where their one table has them not.
 */
export async function partWords<S extends Record<string, string>>(more: S, others: Loads = {}) {
  Object.assign(english, more);
  parts.push(others);
  Object.assign(table, await tableIn(document.documentElement.lang, [others]));
  return {
    say: (word: Word | keyof S, values?: Record<string, string | number>) => say(word as Word, values),
    count: (stem: Stem<keyof S>, n: number) => count(stem, n),
  };
}

/** Undefined for English, and where the strings cannot be loaded: those are in English. */
async function tableIn(language: string, loads: Loads[]): Promise<Table> {
  const found = loads.map((load) => load[language]?.().then(({ strings }) => strings).catch(() => ({})));
  return Object.assign({}, ...await Promise.all(found));
}

/** Switches to the chosen language, or the browser's; English where that is not available. */
export async function speak(): Promise<void> {
  const wanted =
    [preferences.value.language, ...navigator.languages].find((tag) =>
      tag && ["en", ...Object.keys(languages)].includes(languageOf(tag))
    ) ?? "en";
  const language = languageOf(wanted);
  const choice = ++choices;
  const words = await tableIn(language, parts);
  // Another one was chosen meanwhile.
  if (choice !== choices) return;
  table = words;
  spoken.value = new Phrases(localeOf(wanted), table, english);
  document.documentElement.lang = language;
  document.documentElement.dir = rightToLeft.includes(language) ? "rtl" : "ltr";
}

/** The browser's own variant of a language, such as en-GB, if it has one. */
function localeOf(tag: string): string {
  return navigator.languages.find((own) => languageOf(own) === languageOf(tag)) ?? tag;
}
