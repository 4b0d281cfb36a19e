import { answers } from "../../db/collections/knowledge/answers.ts";
import { numberPart } from "../../db/collections/staff_log.ts";
import { passages } from "../../db/collections/knowledge/passages.ts";
import type { RecordStore } from "../../db/collection.ts";
import type { AnswerVariant } from "../../protocol/knowledge.ts";
import { normalized, textFeatures } from "../text_features.ts";
import { TimeSlices } from "../time_slices.ts";
import { recordsOf } from "./records_of.ts";

/** Where a text is stored: of an answer, in one of its languages or its own; of an article, one of its passages. */
export type TextName = { answer: string; locale?: string } | { article: string; n: number };

/** Longest text that is indexed. UTF-16 code units. */
const longest = 6_000;
/** Of a vector's value, which is at most 1. */
const scale = 65_535;
/** Of a text's name in memory. */
const nameBytes = 100;
/** Features share as many numbers; a power of 2. */
const buckets = 2 ** 17;
/** Only parts of words with this many characters are indexed: all lengths together take four times the memory. */
const partLength = 4;

/** Finds the most similar of many texts by cosine: 5,000 passages take about 20 MB and a few milliseconds a question. */
export class PassageIndex {
  /** By feature bucket: where its postings begin. */
  readonly #starts: Uint32Array;
  readonly #rarity: Float32Array;
  /** Postings: text and value. */
  readonly #texts: Uint16Array;
  readonly #values: Uint16Array;

  private constructor(readonly names: readonly TextName[], textsWith: Uint32Array) {
    const rarity = (count: number) => Math.log((1 + names.length) / (1 + count)) + 1;
    this.#rarity = Float32Array.from(textsWith, rarity);
    this.#starts = new Uint32Array(textsWith.length + 1);
    textsWith.forEach((count, bucket) => this.#starts[bucket + 1] = this.#starts[bucket]! + count);
    this.#texts = new Uint16Array(this.#starts.at(-1)!);
    this.#values = new Uint16Array(this.#starts.at(-1)!);
  }

  /** @throws {Unavailable} */
  static async build(store: RecordStore, workspace: string): Promise<PassageIndex> {
    return await PassageIndex.of(textsOf(store, workspace), new TimeSlices());
  }

  /** Size in memory, about. */
  get bytes(): number {
    const arrays = [this.#starts, this.#rarity, this.#texts, this.#values];
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, this.names.length * nameBytes);
  }

  /** At most 65,535 texts. */
  static async of(
    texts: AsyncIterable<[name: TextName, text: string]> | Iterable<[name: TextName, text: string]>,
    slices: TimeSlices,
  ): Promise<PassageIndex> {
    const names: TextName[] = [], rows: Counted[] = [], textsWith = new Uint32Array(buckets);
    for await (const [name, text] of texts) {
      if (slices.areOver) await slices.next();
      const row = counted(text);
      for (const feature of row.features) textsWith[feature]!++;
      names.push(name);
      rows.push(row);
    }
    const index = new PassageIndex(names, textsWith), ends = index.#starts.slice();
    for (const [text, row] of rows.entries()) {
      if (slices.areOver) await slices.next();
      index.#weigh(row, (feature, value) => {
        const at = ends[feature]!++;
        index.#texts[at] = text;
        index.#values[at] = Math.round(value * scale);
      });
    }
    return index;
  }

  /** The most similar texts, best first; `cosine` 0 to 1. */
  find(question: string, count: number): { name: TextName; cosine: number }[] {
    const sums = new Float32Array(this.names.length);
    this.#weigh(counted(question), (feature, value) => {
      for (let at = this.#starts[feature]!; at < this.#starts[feature + 1]!; at++) {
        sums[this.#texts[at]!]! += value * this.#values[at]!;
      }
    });
    const best: number[] = [];
    for (let text = 0; text < sums.length; text++) {
      if (sums[text] === 0 || best.length === count && sums[text]! <= sums[best.at(-1)!]!) continue;
      best.push(text);
      best.sort((a, b) => sums[b]! - sums[a]!);
      if (best.length > count) best.pop();
    }
    return best.map((text) => ({ name: this.names[text]!, cosine: sums[text]! / scale }));
  }

  /** Calls `take` with the features of a text and their values, whose squares have the sum 1. */
  #weigh({ features, counts }: Counted, take: (feature: number, value: number) => void): void {
    let squares = 0;
    for (let at = 0; at < features.length; at++) squares += this.#value(features[at]!, counts[at]!) ** 2;
    const length = Math.sqrt(squares || 1);
    for (let at = 0; at < features.length; at++) {
      take(features[at]!, this.#value(features[at]!, counts[at]!) / length);
    }
  }

  #value(feature: number, count: number): number {
    return this.#rarity[feature]! * (1 + Math.log(count));
  }
}

/** Distinct features of a text, with their counts. */
interface Counted {
  features: Int32Array;
  counts: Uint16Array;
}

function counted(text: string): Counted {
  const { hashes } = textFeatures(normalized(text, longest), partLength, partLength);
  const counts = new Map<number, number>();
  for (const hash of hashes) {
    const bucket = hash & (buckets - 1);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return { features: Int32Array.from(counts.keys()), counts: Uint16Array.from(counts.values()) };
}

/** All that may be found: answers that are on, in all languages, and passages. */
async function* textsOf(store: RecordStore, workspace: string): AsyncIterable<[TextName, string]> {
  const whole = ({ title, phrases, body }: AnswerVariant) => [title, ...phrases, body].join("\n");
  for await (const answer of recordsOf(answers, store, workspace)) {
    if (!answer.enabled) continue;
    yield [{ answer: answer.id }, whole(answer)];
    for (const [locale, variant] of Object.entries(answer.locales)) {
      yield [{ answer: answer.id, locale }, whole(variant)];
    }
  }
  for await (const { article, n, title, text } of recordsOf(passages, store, workspace)) {
    yield [{ article, n }, `${title}\n${text}`];
  }
}

/** A found text, as far as it still exists. @throws {Unavailable} */
export async function textOf(
  store: RecordStore,
  workspace: string,
  name: TextName,
): Promise<
  { source: { title: string; url?: string; article?: string; answer?: string }; text: string } | undefined
> {
  if ("answer" in name) {
    const answer = await answers.get(store, [workspace, name.answer]);
    const variant = name.locale === undefined ? answer : answer?.locales[name.locale];
    if (!answer?.enabled || !variant) return undefined;
    return { source: { answer: answer.id, title: variant.title }, text: variant.body };
  }
  const passage = await passages.get(store, [workspace, name.article, numberPart(name.n)]);
  if (!passage) return undefined;
  const { article, title, url, text } = passage;
  return { source: { article, title, ...(url !== undefined && { url }) }, text };
}
