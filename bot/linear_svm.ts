import type { TimeSlices } from "./time_slices.ts";
import type { Vector } from "./tf_idf.ts";

const epochs = 8;
/** Penalty of a misclassified example (C in the literature). 0.5 and 2 are no better. */
const cost = 1;

/** A label's hyperplane: the score of a vector is the dot product plus the bias. */
export interface Hyperplane {
  weights: Float32Array;
  bias: number;
}

/**
 * Separates the vectors of one label from the rest: L2-regularized squared hinge loss by dual coordinate
 * descent (Hsieh et al., 2008). Examples far on the right side are skipped (shrinking), which saves most of
 * the time.
 */
export async function separate(
  vectors: readonly Vector[],
  { isOfLabel, features, slices }: {
    isOfLabel: (at: number) => boolean;
    features: number;
    slices: TimeSlices;
  },
): Promise<Hyperplane> {
  const plane = { weights: new Float32Array(features), bias: 0 };
  const alphas = new Float32Array(vectors.length);
  const random = randomFrom(1);
  let active = new Int32Array(vectors.length).map((_, at) => at);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(active, random);
    let kept = 0;
    for (let turn = 0; turn < active.length; turn++) {
      if (turn % 16 === 0 && slices.areOver) await slices.next();
      const at = active[turn]!;
      const vector = vectors[at]!;
      const side = isOfLabel(at) ? 1 : -1;
      const alpha = alphas[at]!;
      const gradient = side * score(plane, vector) - 1 + alpha / (2 * cost);
      if (epoch > 0 && alpha === 0 && gradient > 0) continue;
      active[kept++] = at;
      alphas[at] = Math.max(0, alpha - gradient / (vector.squaredLength + 1 + 1 / (2 * cost)));
      move(plane, vector, side * (alphas[at]! - alpha));
    }
    active = active.subarray(0, kept);
  }
  return plane;
}

function score({ weights, bias }: Hyperplane, { features, values }: Vector): number {
  let sum = bias;
  for (let at = 0; at < features.length; at++) sum += weights[features[at]!]! * values[at]!;
  return sum;
}

function move(plane: Hyperplane, { features, values }: Vector, by: number): void {
  if (by === 0) return;
  for (let at = 0; at < features.length; at++) plane.weights[features[at]!]! += by * values[at]!;
  plane.bias += by;
}

function shuffle(items: Int32Array, random: () => number): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
}

/** Deterministic random numbers (mulberry32), so that equal examples give equal models. 0 to 1. */
function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), seed | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
