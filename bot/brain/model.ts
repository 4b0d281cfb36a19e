import { knowledgeHead } from "../../chat/knowledge/knowledge.ts";
import type { RecordStore } from "../../db/collection.ts";
import { train } from "../classifier.ts";
import { normalized } from "../text_features.ts";
import { TimeSlices } from "../time_slices.ts";
import { crossValidate, type HeldBack } from "./cross_validate.ts";
import { type Examples, examplesOf, longestExample } from "./examples.ts";
import { PassageIndex } from "./passage_index.ts";

interface LabelGuess {
  /** `answer:ID` or `flow:ID`. */
  label: string;
  /** 0 to 1. */
  confidence: number;
}

/** Longest question that is read. UTF-16 code units. */
const longestQuestion = 1_000;

/** Bytes of an example with its features; most of the weights, of which each label has one for each feature. */
const exampleBytes = 2_000, maxWeights = 16_000_000;

/** What a workspace's answers and flows look like at one head of its knowledge. */
export class Model {
  /** Languages in which there are titles or phrases. */
  readonly languages: ReadonlySet<string>;
  /** Titles and phrases. */
  readonly phrases: number;
  /** Of what was learnt, about. */
  readonly #learntBytes: number;
  /** Answers and flows. */
  readonly labels: number;
  readonly #exact: ReadonlyMap<string, string[]>;
  #index: Promise<PassageIndex> | undefined;
  #indexBytes = 0;
  #heldBack: Promise<HeldBack[]> | undefined;

  private constructor(
    readonly store: RecordStore,
    readonly workspace: string,
    /** Number of the head. 0: nothing was ever written. */
    readonly head: number,
    { texts, exact, languages }: Examples,
    readonly classify: (text: string) => LabelGuess[],
  ) {
    this.labels = new Set(texts.map(({ label }) => label)).size;
    this.phrases = texts.length;
    const characters = texts.reduce((sum, { text }) => sum + text.length, 0);
    // A text has about as many features that no other one has as characters.
    this.#learntBytes = texts.length * exampleBytes + Math.min(maxWeights, this.labels * characters);
    this.#exact = exact;
    this.languages = languages;
  }

  /** @throws {Unavailable} */
  static async build(store: RecordStore, workspace: string): Promise<Model> {
    const { n } = await knowledgeHead(store, workspace), slices = new TimeSlices();
    const examples = await examplesOf(store, workspace, slices);
    const { classify } = await train(examples.texts);
    return new Model(store, workspace, n, examples, classify);
  }

  /** Size in memory, about. */
  get bytes(): number {
    return this.#learntBytes + this.#indexBytes;
  }

  /** Labels of which a title or phrase is this text, whatever its case, accents and punctuation. */
  exact(text: string): readonly string[] {
    if (text.length > longestQuestion) return [];
    return this.#exact.get(normalized(text, longestExample)) ?? [];
  }

  /** For retrieval; built when first needed. @throws {Unavailable} */
  index(): Promise<PassageIndex> {
    return this.#index ??= this.#kept(
      PassageIndex.build(this.store, this.workspace).then((index) => {
        this.#indexBytes = index.bytes;
        return index;
      }),
      () => this.#index = undefined,
    );
  }

  /** Guesses at texts that were held back; made when first needed. @throws {Unavailable} */
  heldBack(): Promise<HeldBack[]> {
    const validated = async () => {
      const slices = new TimeSlices();
      return await crossValidate((await examplesOf(this.store, this.workspace, slices)).texts, slices);
    };
    return this.#heldBack ??= this.#kept(validated(), () => this.#heldBack = undefined);
  }

  /** What failed is done again when next needed. */
  #kept<T>(work: Promise<T>, forget: () => void): Promise<T> {
    work.catch(forget);
    return work;
  }
}
