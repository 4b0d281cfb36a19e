import type { Corpus, LabelledRow, Row } from "./corpus.ts";
import { separate } from "./linear_svm.ts";
import { TfIdf, type Vector } from "./tf_idf.ts";
import type { TimeSlices } from "./time_slices.ts";

/**
 * From this number of examples on, features that occur in one example only are dropped: they cost memory and
 * add little.
 */
const manyRows = 1_500;
/** Maximum size of the weights: 32,000 features for 500 labels. Bytes. */
const maxWeights = 16_000_000;
/** Maximum examples of the best label that a question is compared with; bounds the time of a question. */
const maxCompared = 100;

/**
 * Weight of the mean of a label's examples added to its hyperplane: improves accuracy by 1 % with 5 or 10
 * examples per label.
 */
const lean = 0.5;

export interface Score {
  label: number;
  score: number;
}

/** A question's scores and other measures. */
export interface Match {
  /** Best first. */
  scores: Score[];
  /** Whether the text has any known feature. */
  isKnown: boolean;
  /** Cosine similarity to the nearest example of the best label, 0 to 1. */
  nearness: number;
  /** Share of known words, 0 to 1. */
  knownWords: number;
}

/** Scores labels by one hyperplane each, stored as one byte per weight. */
export class LabelModel {
  readonly #tfIdf: TfIdf;
  readonly #labels: readonly number[];
  readonly #examples: Map<number, Vector[]>;
  /** By feature, then by label. */
  readonly #weights: Int8Array;
  readonly #scales: Float32Array;
  readonly #biases: Float32Array;
  /** Dense vector of the question while it is compared with examples; otherwise zeros. */
  readonly #dense: Float32Array;

  private constructor(tfIdf: TfIdf, examples: Map<number, Vector[]>) {
    this.#tfIdf = tfIdf;
    this.#examples = examples;
    this.#labels = [...examples.keys()];
    this.#weights = new Int8Array(tfIdf.size * examples.size);
    this.#scales = new Float32Array(examples.size);
    this.#biases = new Float32Array(examples.size);
    this.#dense = new Float32Array(tfIdf.size);
  }

  /** `rows` must be ordered by label. */
  static async fit(corpus: Corpus, rows: readonly LabelledRow[], slices: TimeSlices): Promise<LabelModel> {
    const labels = new Set(rows.map(({ label }) => label)).size;
    const minRows = rows.length < manyRows ? 1 : 2;
    const maxSize = Math.floor(maxWeights / labels);
    const tfIdf = await TfIdf.fit(corpus, rows, { minRows, maxSize, slices });
    const vectors: Vector[] = [];
    const examples = new Map<number, Vector[]>();
    for (const row of rows) {
      if (slices.areOver) await slices.next();
      const vector = tfIdf.vector(row);
      vectors.push(vector);
      if (!examples.has(row.label)) examples.set(row.label, []);
      examples.get(row.label)!.push(vector);
    }
    const model = new LabelModel(tfIdf, examples);
    for (const [column, label] of model.#labels.entries()) {
      const isOfLabel = (at: number) => rows[at]!.label === label;
      const plane = await separate(vectors, { isOfLabel, features: tfIdf.size, slices });
      await leanTo(examples.get(label)!, plane.weights, slices);
      model.#biases[column] = plane.bias;
      await model.#keep(column, plane.weights, slices);
    }
    return model;
  }

  async #keep(column: number, weights: Float32Array, slices: TimeSlices): Promise<void> {
    let largest = 0;
    for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
    const scale = largest / 127 || 1;
    this.#scales[column] = scale;
    for (let feature = 0; feature < weights.length; feature++) {
      if (feature % 4096 === 0 && slices.areOver) await slices.next();
      this.#weights[feature * this.#labels.length + column] = Math.round(weights[feature]! / scale);
    }
  }

  match(row: Row): Match {
    const vector = this.#tfIdf.vector(row);
    const scores = this.#scores(vector);
    const nearness = scores.length ? this.#nearness(vector, scores[0]!.label) : 0;
    const isKnown = vector.features.length > 0;
    return { scores, isKnown, nearness, knownWords: this.#tfIdf.knownWords(row) };
  }

  #scores({ features, values }: Vector): Score[] {
    const weights = this.#weights;
    const count = this.#labels.length;
    const sums = new Float64Array(count);
    for (let at = 0; at < features.length; at++) {
      const from = features[at]! * count;
      const value = values[at]!;
      for (let column = 0; column < count; column++) sums[column]! += value * weights[from + column]!;
    }
    const scores = this.#labels.map((label, column) => ({
      label,
      score: sums[column]! * this.#scales[column]! + this.#biases[column]!,
    }));
    return scores.sort((one, other) => other.score - one.score);
  }

  #nearness({ features, values, squaredLength }: Vector, label: number): number {
    const dense = this.#dense;
    for (let at = 0; at < features.length; at++) dense[features[at]!] = values[at]!;
    let nearest = 0;
    for (const example of this.#examples.get(label)!.slice(0, maxCompared)) {
      let product = 0;
      for (let at = 0; at < example.features.length; at++) {
        product += dense[example.features[at]!]! * example.values[at]!;
      }
      nearest = Math.max(nearest, product / Math.sqrt(squaredLength * example.squaredLength || 1));
    }
    for (const feature of features) dense[feature] = 0;
    return Math.min(1, nearest);
  }
}

/** Adds the direction of the examples' mean to the weights. */
async function leanTo(examples: readonly Vector[], weights: Float32Array, slices: TimeSlices): Promise<void> {
  const mean = new Float32Array(weights.length);
  for (const { features, values } of examples) {
    if (slices.areOver) await slices.next();
    for (let at = 0; at < features.length; at++) mean[features[at]!]! += values[at]!;
  }
  const length = Math.sqrt(mean.reduce((sum, value) => sum + value * value, 0));
  for (let at = 0; at < mean.length; at++) weights[at]! += lean * mean[at]! / (length || 1);
}
