import { flows } from "../../db/collections/flows.ts";
import { answers } from "../../db/collections/knowledge/answers.ts";
import type { RecordStore } from "../../db/collection.ts";
import { normalized } from "../text_features.ts";
import type { TimeSlices } from "../time_slices.ts";
import { languageOf } from "./language.ts";
import { recordsOf } from "./records_of.ts";

/** A title or phrase. */
export interface Example {
  text: string;
  /** `answer:ID` or `flow:ID`. */
  label: string;
}

/** What a workspace's model is made of. */
export interface Examples {
  texts: Example[];
  /** Labels of each normalized text. */
  exact: Map<string, string[]>;
  /** In which there are texts; those of a few texts that seem to be in another one are not among them. */
  languages: Set<string>;
}

/** The classifier's limits. */
const mostTexts = 20_000, mostLabels = 500;
/** A text longer than a phrase can be is none. UTF-16 code units. */
export const longestExample = 300;
/** Texts whose language is looked at, and the least share of them that shows a language. */
const mostHeard = 300, leastShare = 0.02;

/** All titles and phrases of a workspace's answers and flows that are on, in all languages. @throws {Unavailable} */
export async function examplesOf(
  store: RecordStore,
  workspace: string,
  slices: TimeSlices,
): Promise<Examples> {
  const titles: Example[] = [], phrases: Example[] = [], languages = new Set<string>();
  for await (const { id, enabled, title, phrases: own, locales } of recordsOf(answers, store, workspace)) {
    if (!enabled) continue;
    const label = `answer:${id}`;
    for (const one of [{ title, phrases: own }, ...Object.values(locales)]) {
      titles.push({ text: one.title, label });
      phrases.push(...one.phrases.map((text) => ({ text, label })));
    }
    if (slices.areOver) await slices.next();
  }
  for await (const { id, enabled, title, start } of recordsOf(flows, store, workspace)) {
    if (!enabled || !("phrases" in start)) continue;
    const label = `flow:${id}`;
    titles.push({ text: title, label });
    phrases.push(...start.phrases.map((text) => ({ text, label })));
    if (slices.areOver) await slices.next();
  }
  const labels = new Set([...new Set(titles.map(({ label }) => label))].slice(0, mostLabels));
  const texts = [...titles, ...phrases].filter(({ label }) => labels.has(label)).slice(0, mostTexts);
  for (const language of await languagesOf(texts, slices)) languages.add(language);
  return { texts, exact: await exactTexts(texts, slices), languages };
}

async function exactTexts(
  texts: readonly Example[],
  slices: TimeSlices,
): Promise<Map<string, string[]>> {
  const exact = new Map<string, string[]>();
  for (const { text, label } of texts) {
    if (slices.areOver) await slices.next();
    const plain = normalized(text, longestExample), known = exact.get(plain);
    if (!plain || known?.includes(label)) continue;
    if (known) known.push(label);
    else exact.set(plain, [label]);
  }
  return exact;
}

/** Languages that a share of the texts is in. */
async function languagesOf(texts: readonly Example[], slices: TimeSlices): Promise<string[]> {
  const counts = new Map<string, number>(), step = Math.max(1, texts.length / mostHeard);
  let heard = 0;
  for (let at = 0; at < texts.length; at += step) {
    if (slices.areOver) await slices.next();
    const language = await languageOf(texts[Math.floor(at)]!.text);
    if (language === undefined) continue;
    heard++;
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= heard * leastShare).map(([language]) => language);
}
