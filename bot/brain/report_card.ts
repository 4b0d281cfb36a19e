import type { ReportCard } from "../../protocol/bot_try.ts";
import { answers } from "../../db/collections/knowledge/answers.ts";
import type { RecordStore } from "../../db/collection.ts";
import type { HeldBack } from "./cross_validate.ts";
import type { Model } from "./model.ts";
import { recordsOf } from "./records_of.ts";

const mostConfused = 5, mostListed = 50, enoughPhrases = 5;
/** Fewest texts held back from which figures are told. */
const fewestHeld = 10;

/** What a workspace's texts let expect. @throws {Unavailable} */
export async function reportCardOf(
  store: RecordStore,
  { model, threshold }: { model: Model; threshold: number },
): Promise<ReportCard> {
  const held = await model.heldBack(), titles = new Map<string, string>();
  const few: ReportCard["few_phrases"]["answers"] = [];
  for await (const { id, title, enabled, phrases, locales } of recordsOf(answers, store, model.workspace)) {
    if (!enabled) continue;
    titles.set(`answer:${id}`, title);
    const count = Math.max(phrases.length, ...Object.values(locales).map((one) => one.phrases.length));
    if (count < enoughPhrases) few.push({ id, title, phrases: count });
  }
  few.sort((a, b) => a.phrases - b.phrases);
  return {
    ...{ labels: model.labels, phrases: model.phrases },
    ...(held.length >= fewestHeld && figures(held, threshold)),
    confused: confusedPairs(held, titles),
    few_phrases: { answers: few.slice(0, mostListed), total: few.length },
  };
}

function figures(
  held: readonly HeldBack[],
  threshold: number,
): Pick<ReportCard, "accuracy" | "answered" | "precision"> {
  const isRight = ({ label, guess }: HeldBack) => label === guess;
  const answered = held.filter(({ confidence }) => confidence >= threshold);
  return {
    accuracy: held.filter(isRight).length / held.length,
    answered: answered.length / held.length,
    ...(answered.length > 0 && { precision: answered.filter(isRight).length / answered.length }),
  };
}

function confusedPairs(
  held: readonly HeldBack[],
  titles: ReadonlyMap<string, string>,
): ReportCard["confused"] {
  const wrong = held.filter(({ label, guess }) => label !== guess && titles.has(label) && titles.has(guess));
  const pairs = Map.groupBy(wrong, ({ label, guess }) => `${label} ${guess}`);
  const named = (label: string) => ({ id: label.slice(label.indexOf(":") + 1), title: titles.get(label)! });
  return [...pairs.values()].sort((a, b) => b.length - a.length).slice(0, mostConfused).map((all) => ({
    asked: named(all[0]!.label),
    taken_for: named(all[0]!.guess),
    times: all.length,
  }));
}
