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

/** What a workspace's answers and flows look like at one head of its knowledge. */
export class Model {
  /** Languages in which there are titles or phrases. */
  readonly languages: ReadonlySet<string>;
  /** Examples in memory, a measure of its size. */
  readonly size: number;
  /** Answers and flows. */
  readonly labels: number;
  readonly #exact: ReadonlyMap<string, string[]>;
  #index: Promise<PassageIndex> | undefined;
  #heldBack: Promise<HeldBack[]> | undefined;

  private constructor(
    readonly store: RecordStore,
    readonly workspace: string,
    /** Number of the head. 0: nothing was ever written. */
    readonly head: number,
    { texts, exact, languages }: Examples,
    readonly classify: (text: string) => LabelGuess[],
  ) {
    this.size = texts.length;
    this.labels = new Set(texts.map(({ label }) => label)).size;
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

  /** Labels of which a title or phrase is this text, whatever its case, accents and punctuation. */
  exact(text: string): readonly string[] {
    if (text.length > longestQuestion) return [];
    return this.#exact.get(normalized(text, longestExample)) ?? [];
  }

  /** For retrieval; built when first needed. @throws {Unavailable} */
  index(): Promise<PassageIndex> {
    return this.#index ??= this.#kept(
      PassageIndex.build(this.store, this.workspace),
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
