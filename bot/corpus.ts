import { textFeatures } from "./text_features.ts";

/** Words and pairs of words are one block of a vector, parts of words the other. */
export const kinds = { word: 0, pair: 1, part: 2 };

/** A text as the corpus's numbers of its features, each once, and how often it has them. */
export interface Row {
  features: Int32Array;
  counts: Uint16Array;
  /** How many words the text has, those included that the corpus does not know. */
  words: number;
}

export interface LabelledRow extends Row {
  label: number;
}

/** Numbers all features of the examples. */
export class Corpus {
  /** By feature. */
  readonly kinds: number[] = [];
  /** From hash to feature. Many maps, because one large one stalls the event loop whenever it grows. */
  readonly #numbers = Array.from({ length: 64 }, () => new Map<number, number>());

  /** Reads an example, whose features become known. */
  learn(plain: string): Row {
    const { hashes, words, wordsAndPairs } = textFeatures(plain);
    for (let at = 0; at < hashes.length; at++) {
      const kind = at < words ? kinds.word : at < wordsAndPairs ? kinds.pair : kinds.part;
      hashes[at] = this.#numberOf(hashes[at]!) ?? this.#learnFeature(hashes[at]!, kind);
    }
    return counted(hashes, words);
  }

  /** Reads a question: of its features those that an example has. */
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
