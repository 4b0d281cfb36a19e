import { calibrate, confidences } from "../confidence.ts";
import { Corpus, type LabelledRow } from "../corpus.ts";
import { LabelModel } from "../label_model.ts";
import { normalized } from "../text_features.ts";
import type { TimeSlices } from "../time_slices.ts";
import { partsOf, trialsOf } from "../trials.ts";
import { type Example, longestExample } from "./examples.ts";

/** A guess at a text that was held back from training. */
export interface HeldBack {
  label: string;
  guess: string;
  /** 0 to 1. */
  confidence: number;
}

const folds = 4;
/** Examples of a workspace that are used: more take seconds and hardly change the result. */
const mostExamples = 4_000;

/** Trains on three quarters of the texts and guesses at the last one, four times. Empty with fewer than two labels. */
export async function crossValidate(
  examples: readonly Example[],
  slices: TimeSlices,
): Promise<HeldBack[]> {
  const { corpus, rows, labels } = await rowsOf(examples, slices);
  if (labels.length < 2) return [];
  const parts = partsOf(Map.groupBy(rows.keys(), (at) => rows[at]!.label));
  const calibration = await calibrate(await trialsOf(corpus, rows, slices), slices);
  const held: HeldBack[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const isSeen = (_: unknown, at: number) => parts[at] !== fold;
    const seen = rows.filter(isSeen);
    if (seen.length === rows.length || seen.length === 0) continue;
    const model = await LabelModel.fit(corpus, seen, slices);
    for (const [at, row] of rows.entries()) {
      if (isSeen(row, at)) continue;
      if (slices.areOver) await slices.next();
      const [best] = confidences(model.match(row), calibration);
      held.push({ label: labels[row.label]!, guess: labels[best!.label]!, confidence: best!.confidence });
    }
  }
  return held;
}

async function rowsOf(examples: readonly Example[], slices: TimeSlices) {
  const byLabel = Map.groupBy(examples, ({ label }) => label), labels = [...byLabel.keys()];
  const share = Math.min(1, mostExamples / examples.length);
  const corpus = new Corpus(), rows: LabelledRow[] = [];
  for (const [label, own] of [...byLabel.values()].entries()) {
    const texts = new Set(own.map(({ text }) => normalized(text, longestExample)).filter(Boolean));
    for (const text of [...texts].slice(0, Math.max(2, Math.ceil(texts.size * share)))) {
      if (slices.areOver) await slices.next();
      rows.push({ ...corpus.learn(text), label });
    }
  }
  return { corpus, rows, labels };
}
