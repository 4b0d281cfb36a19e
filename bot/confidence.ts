import type { Match } from "./label_model.ts";
import type { TimeSlices } from "./time_slices.ts";

/**
 * Features of the confidence model: score, lead over the next label, nearness, known words, and the constant
 * 1.
 */
export type Facts = readonly number[];

/** A guess with a known outcome. */
export interface Trial {
  facts: Facts;
  isRight: boolean;
  /** Its weight in the training. */
  weight: number;
}

/** One weight per feature, for a logistic function. */
export type Calibration = readonly number[];

/**
 * Default weights, trained on 385 to 770 questions of bank customers with 5 or 10 per label. Used if there
 * are no trials.
 */
const usual: Calibration = [0, 2.9, 2.6, 2.5, -5.1];
/**
 * Maximum steps of Newton's method, far more than it needs. Step length is limited, since a full step may
 * diverge.
 */
const steps = 12;
const longestStep = 2;

/** The features of the label at index `place` of the match's scores. */
export function factsOf({ scores, nearness, knownWords }: Match, place: number): Facts {
  const score = scores[place]!.score;
  const rival = scores[place === 0 ? 1 : 0]?.score;
  // A single label has a lead for any question; only nearness is informative then.
  const lead = rival === undefined ? nearness : score - rival;
  return [score, lead, nearness, knownWords, 1];
}

/** Probability that the label is right, 0 to 1. */
export function confidence(calibration: Calibration, facts: Facts): number {
  return 1 / (1 + Math.exp(-facts.reduce((sum, fact, at) => sum + fact * calibration[at]!, 0)));
}

/** All labels of a match with their confidences, best first. All are 0 if the text has no known feature. */
export function confidences(
  match: Match,
  calibration: Calibration,
): { label: number; confidence: number }[] {
  let atMost = match.isKnown ? 1 : 0;
  return match.scores.map(({ label }, place) => {
    atMost = Math.min(atMost, confidence(calibration, factsOf(match, place)));
    return { label, confidence: atMost };
  });
}

/** Logistic regression, regularized towards the default weights. */
export async function calibrate(trials: readonly Trial[], slices: TimeSlices): Promise<Calibration> {
  let calibration = usual;
  for (let step = 0; step < steps; step++) {
    const gradient = calibration.map((weight, at) => weight - usual[at]!);
    const curvature = usual.map((_, row) => usual.map((_, column) => Number(row === column)));
    for (const { facts, isRight, weight } of trials) {
      if (slices.areOver) await slices.next();
      const guess = confidence(calibration, facts);
      facts.forEach((fact, row) => {
        gradient[row]! += weight * fact * (guess - Number(isRight));
        facts.forEach((other, column) => {
          curvature[row]![column]! += weight * fact * other * guess * (1 - guess);
        });
      });
    }
    const change = solved(curvature, gradient);
    const share = Math.min(1, longestStep / Math.max(...change.map(Math.abs)));
    calibration = calibration.map((weight, at) => weight - share * change[at]!);
  }
  return calibration;
}

/** Solves a positive definite system of linear equations by Gaussian elimination. */
function solved(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  rows.forEach((pivot, at) => {
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[at]! / pivot[at]!;
      for (let column = at; column < row.length; column++) row[column]! -= factor * pivot[column]!;
    }
  });
  return rows.map((row, at) => row.at(-1)! / row[at]!);
}
