import { type Corpus, kinds, type LabelledRow, type Row } from "./corpus.ts";
import type { TimeSlices } from "./time_slices.ts";

/**
 * The weighted known features of a text. The block of words and pairs and the block of parts each have norm
 * 1.
 */
export interface Vector {
  features: Int32Array;
  values: Float32Array;
  squaredLength: number;
}

/**
 * With few examples nearly every word pair is rare; at the weight of a rare word, pairs would outweigh common
 * features.
 */
const pairWeight = 0.5;
/** Added to each logarithm, so that frequent features keep some weight. */
const leastRarity = 1.5;

/** Weights features by the number of labels that have them. */
export class TfIdf {
  /** The number of known features. */
  readonly size: number;
  readonly #kinds: readonly number[];
  /** By corpus feature number: the number in this model, or -1 if unknown, and the weight. */
  readonly #numbers: Int32Array;
  readonly #weights: Float32Array;

  private constructor(kinds: readonly number[], numbers: Int32Array, weights: Float32Array) {
    this.#kinds = kinds;
    this.#numbers = numbers;
    this.#weights = weights;
    this.size = numbers.reduce((size, number) => Math.max(size, number + 1), 0);
  }

  /**
   * Uses features that at least `minRows` rows have; above `maxSize` features, the rarest are dropped. `rows`
   * must be ordered by label.
   */
  static async fit(
    corpus: Corpus,
    rows: readonly LabelledRow[],
    { minRows, maxSize, slices }: { minRows: number; maxSize: number; slices: TimeSlices },
  ): Promise<TfIdf> {
    const { rowsWith, labelsWith, labels } = await frequencies(corpus, rows, slices);
    const least = leastRows(rowsWith, { minRows, maxSize });
    const numbers = new Int32Array(rowsWith.length).fill(-1);
    const weights = new Float32Array(rowsWith.length);
    let size = 0;
    for (let feature = 0; feature < rowsWith.length; feature++) {
      if (feature % 1024 === 0 && slices.areOver) await slices.next();
      if (rowsWith[feature]! < least) continue;
      numbers[feature] = size++;
      // Counted by labels, not rows: a word that occurs in all examples of one label is the most informative.
      const rarity = Math.log((1 + labels) / (1 + labelsWith[feature]!)) + leastRarity;
      weights[feature] = rarity * (corpus.kinds[feature] === kinds.pair ? pairWeight : 1);
    }
    return new TfIdf(corpus.kinds, numbers, weights);
  }

  // Loops, not array methods: this takes a third of a question's time.
  vector({ features, counts }: Row): Vector {
    const numbers = new Int32Array(features.length);
    const values = new Float32Array(features.length);
    let size = 0, words = 0, parts = 0;
    for (let at = 0; at < features.length; at++) {
      const feature = features[at]!;
      const weight = this.#weights[feature]!;
      if (weight === 0) continue;
      const value = weight * (1 + Math.log(counts[at]!));
      if (this.#kinds[feature] === kinds.part) parts += value * value;
      else words += value * value;
      numbers[size] = feature;
      values[size++] = value;
    }
    for (let at = 0; at < size; at++) {
      const feature = numbers[at]!;
      values[at]! /= Math.sqrt(this.#kinds[feature] === kinds.part ? parts : words);
      numbers[at] = this.#numbers[feature]!;
    }
    return {
      features: numbers.slice(0, size),
      values: values.slice(0, size),
      squaredLength: Math.sign(words) + Math.sign(parts),
    };
  }

  /** Share of known words, 0 to 1. */
  knownWords({ features, counts, words }: Row): number {
    let known = 0;
    for (let at = 0; at < features.length; at++) {
      const feature = features[at]!;
      if (this.#kinds[feature] === kinds.word && this.#weights[feature]) known += counts[at]!;
    }
    return words && known / words;
  }
}

/** Number of rows, and of labels, that have each feature. */
async function frequencies(corpus: Corpus, rows: readonly LabelledRow[], slices: TimeSlices) {
  const rowsWith = new Int32Array(corpus.kinds.length);
  const labelsWith = new Int32Array(corpus.kinds.length);
  const lastLabel = new Int32Array(corpus.kinds.length).fill(-1);
  for (const { label, features } of rows) {
    if (slices.areOver) await slices.next();
    for (const feature of features) {
      rowsWith[feature]!++;
      if (lastLabel[feature] !== label) labelsWith[feature]!++;
      lastLabel[feature] = label;
    }
  }
  return { rowsWith, labelsWith, labels: new Set(rows.map(({ label }) => label)).size };
}

function leastRows(
  rowsWith: Int32Array,
  { minRows, maxSize }: { minRows: number; maxSize: number },
): number {
  const size = (least: number) => rowsWith.reduce((sum, count) => sum + Number(count >= least), 0);
  while (size(minRows) > maxSize) minRows++;
  return minRows;
}
