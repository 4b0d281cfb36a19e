import { Corpus, type LabelledRow } from "../corpus.ts";
import { normalized } from "../text_features.ts";
import { TfIdf, type Vector } from "../tf_idf.ts";
import { TimeSlices } from "../time_slices.ts";

/** Read part of a text, as of an example of the classifier. UTF-16 code units. */
const maxLength = 300;

/**
 * Texts as vectors of the classifier's features, weighted by how rare each is among them. Blocks the event loop for a few
 * milliseconds at a time.
 */
export async function vectorsOf(texts: readonly string[], slices = new TimeSlices()): Promise<Vector[]> {
  const corpus = new Corpus(), rows: LabelledRow[] = [];
  for (const [label, text] of texts.entries()) {
    if (slices.areOver) await slices.next();
    rows.push({ ...corpus.learn(normalized(text, maxLength)), label });
  }
  const tfIdf = await TfIdf.fit(corpus, rows, { minRows: 1, maxSize: Infinity, slices });
  const vectors: Vector[] = [];
  for (const row of rows) {
    if (slices.areOver) await slices.next();
    vectors.push(tfIdf.vector(row));
  }
  return vectors;
}

/** Finds the nearest of many vectors. */
export class Nearest {
  /** By feature: the vectors that have it, and their values there. */
  #postings = new Map<number, { index: number; value: number }[]>();
  #lengths: number[] = [];

  add({ features, values, squaredLength }: Vector): number {
    const index = this.#lengths.push(Math.sqrt(squaredLength || 1)) - 1;
    for (const [at, feature] of features.entries()) {
      const posting = { index, value: values[at]! }, known = this.#postings.get(feature);
      if (known) known.push(posting);
      else this.#postings.set(feature, [posting]);
    }
    return index;
  }

  /** The added vector with the greatest cosine, 0 to 1; the earlier one of equal ones. */
  find({ features, values, squaredLength }: Vector): { index: number; cosine: number } {
    const products = new Float64Array(this.#lengths.length), length = Math.sqrt(squaredLength || 1);
    for (const [at, feature] of features.entries()) {
      for (const { index, value } of this.#postings.get(feature) ?? []) {
        products[index]! += value * values[at]!;
      }
    }
    let best = { index: -1, cosine: 0 };
    for (const [index, product] of products.entries()) {
      const cosine = Math.min(1, product / (length * this.#lengths[index]!));
      if (cosine > best.cosine) best = { index, cosine };
    }
    return best;
  }
}
