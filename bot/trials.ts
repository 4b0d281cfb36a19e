import { factsOf, type Trial } from "./confidence.ts";
import type { Corpus, LabelledRow } from "./corpus.ts";
import { LabelModel } from "./label_model.ts";
import type { TimeSlices } from "./time_slices.ts";

const folds = 4;
/** Leaving one of three labels out keeps two to choose from. */
const fewestLabels = 3;
/** More trials hardly change the five weights. */
const enoughTrials = 1_500;
/**
 * Weight of questions whose label is left out; others have 1. They resemble the known labels more than real
 * unanswerable questions do.
 */
const strangerWeight = 1 / 3;

/**
 * Guesses at examples that were excluded from training; none with fewer than three labels. Each fold leaves
 * out a quarter of the labels, which stand for questions without an answer, and a quarter of the other
 * labels' examples.
 */
export async function trialsOf(
  corpus: Corpus,
  rows: readonly LabelledRow[],
  slices: TimeSlices,
): Promise<Trial[]> {
  const byLabel = Map.groupBy(rows.keys(), (at) => rows[at]!.label);
  if (byLabel.size < fewestLabels) return [];
  const parts = partsOf(byLabel);
  const trials: Trial[] = [];
  for (let fold = 0; fold < folds && trials.length < enoughTrials; fold++) {
    const isStranger = ({ label }: LabelledRow) => label % folds === fold;
    const isSeen = (row: LabelledRow, at: number) => !isStranger(row) && parts[at] !== fold;
    const seen = rows.filter(isSeen);
    if (seen.length === 0) continue;
    const model = await LabelModel.fit(corpus, seen, slices);
    for (const [at, row] of rows.entries()) {
      if (isSeen(row, at)) continue;
      if (slices.areOver) await slices.next();
      const match = model.match(row);
      const isRight = match.scores[0]!.label === row.label;
      trials.push({ facts: factsOf(match, 0), isRight, weight: isStranger(row) ? strangerWeight : 1 });
    }
  }
  return trials;
}

/** The fold that leaves each row out; none for the only row of a label. */
export function partsOf(byLabel: ReadonlyMap<number, number[]>): number[] {
  const parts: number[] = [];
  for (const [label, rows] of byLabel) {
    // Offset by label, so that labels of two or three rows are not all tested in the same folds.
    rows.forEach((row, turn) => parts[row] = rows.length > 1 ? (label + 1 + turn) % folds : -1);
  }
  return parts;
}
