import { textFeatures } from "./text_features.ts";

/** Kinds of features. Words and word pairs form one block of a vector, parts of words (n-grams) the other. */
export const kinds = { word: 0, pair: 1, part: 2 };

/** The distinct feature numbers of a text, with their counts. */
export interface Row {
  features: Int32Array;
  counts: Uint16Array;
  /** Number of words in the text, including unknown ones. */
  words: number;
}

export interface LabelledRow extends Row {
  label: number;
}

/** Assigns a number to each feature of the examples. */
export class Corpus {
  /** Kind of each feature. */
  readonly kinds: number[] = [];
  /** Feature number by hash. 64 maps, because one large map blocks the event loop whenever it grows. */
  readonly #numbers = Array.from({ length: 64 }, () => new Map<number, number>());

  /** Reads an example and adds its features. */
  learn(plain: string): Row {
    const { hashes, words, wordsAndPairs } = textFeatures(plain);
    for (let at = 0; at < hashes.length; at++) {
      const kind = at < words ? kinds.word : at < wordsAndPairs ? kinds.pair : kinds.part;
      hashes[at] = this.#numberOf(hashes[at]!) ?? this.#learnFeature(hashes[at]!, kind);
    }
    return counted(hashes, words);
  }

  /** Reads a question: only features that an example has. */
  read(plain: string): Row {
    const { hashes, words } = textFeatures(plain);
    let size = 0;
    for (const hash of hashes) {
      const feature = this.#numberOf(hash);
      if (feature !== undefined) hashes[size++] = feature;
    }
    return counted(hashes.subarray(0, size), words);
  }

  #numberOf(hash: number): number | undefined {
    return this.#numbers[hash & 63]!.get(hash);
  }

  #learnFeature(hash: number, kind: number): number {
    const feature = this.kinds.push(kind) - 1;
    this.#numbers[hash & 63]!.set(hash, feature);
    return feature;
  }
}

function counted(features: Int32Array, words: number): Row {
  features.sort();
  const counts = new Uint16Array(features.length);
  let size = 0;
  for (let at = 0; at < features.length; at++) {
    if (at > 0 && features[at] === features[size - 1]) counts[size - 1]!++;
    else {
      features[size] = features[at]!;
      counts[size++] = 1;
    }
  }
  return { features: features.slice(0, size), counts: counts.slice(0, size), words };
}
