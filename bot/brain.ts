import type { ReportCard } from "../protocol/bot_try.ts";
import { type Answer, answers } from "../db/collections/knowledge/answers.ts";
import { variantFor } from "../chat/knowledge/variant.ts";
import type { RecordStore } from "../db/collection.ts";
import { languageOf } from "./brain/language.ts";
import type { Model } from "./brain/model.ts";
import { Models } from "./brain/models.ts";
import { nearestOf } from "./brain/nearest.ts";
import { findPassages } from "./brain/passages.ts";
import type { Found, Meaning, Question, Reading, ShownGuess } from "./brain/reading.ts";
import { reportCardOf } from "./brain/report_card.ts";
import { recognise } from "./brain/small_talk/recognise.ts";

export type { Found, Guess, Meaning, Question, Reading, ShownGuess } from "./brain/reading.ts";

/** Confidence from which an answer is offered, and least confidence of the others beside it. */
const offeredFrom = 0.35, besideFrom = 0.1;
const mostGuesses = 3;

interface LabelGuess {
  label: string;
  confidence: number;
}

/** Understands questions by what a workspace's members have written. Nothing leaves the process. */
export class Brain {
  readonly #models: Models;

  constructor(readonly store: RecordStore, onFault: (error: unknown) => void) {
    this.#models = new Models(store, onFault);
  }

  /** `isNewest`: waits for a change of the knowledge to be learnt. @throws {Unavailable} */
  async read(workspace: string, question: Question, { isNewest = false } = {}): Promise<Reading> {
    const { text, language, locale } = question;
    const known = [language, locale].filter((tag) => tag !== undefined);
    const talk = recognise(text, known.map((tag) => tag.toLowerCase().split(/[-_]/)[0]!));
    if (talk?.kind === "person" && talk.isWhole) return { kind: "person", language: talk.language };
    const model = await this.#models.get(workspace, { newest: isNewest });
    const exact = model.exact(text);
    if (talk && exact.length === 0) {
      const { language } = talk;
      return talk.kind === "person"
        ? { kind: talk.kind, language }
        : { kind: talk.kind, text: talk.text, language };
    }
    const heard = await languageOf(text), wanted = heard === undefined ? known : [heard, ...known];
    const meaning = await this.#meaning(model, { question, exact, heard, wanted });
    return { ...(heard !== undefined && { language: heard }), ...meaning };
  }

  /** The three most likely answers, best first, with what in them is most like the text. @throws {Unavailable} */
  async guesses(
    workspace: string,
    text: string,
    locale?: string,
  ): Promise<{ guesses: ShownGuess[] }> {
    const model = await this.#models.get(workspace);
    const heard = await languageOf(text), wanted = [heard, locale].filter((tag) => tag !== undefined);
    const likely = guessesOf(model, text, heard).filter(({ label }) => label.startsWith("answer:"));
    const found = await this.#answersOf(workspace, likely.slice(0, mostGuesses));
    return {
      guesses: await Promise.all(found.map(async ({ answer, confidence }) => ({
        ...{ id: answer.id, title: variantFor(answer, wanted).title, confidence },
        nearest: await nearestOf(text, textsOf(answer)) ?? answer.title,
      }))),
    };
  }

  /** At most five texts, together at most 4,000 characters, most similar first. @throws {Unavailable} */
  async passages(workspace: string, text: string): Promise<Found[]> {
    const index = await this.#models.index(workspace);
    return await findPassages(index, { store: this.store, workspace, question: text });
  }

  /** Of the newest answers and flows. @throws {Unavailable} */
  async reportCard(workspace: string, threshold: number): Promise<ReportCard> {
    const model = await this.#models.get(workspace, { newest: true });
    return await reportCardOf(this.store, { model, threshold });
  }

  /** Workspaces whose models are kept. */
  get kept(): string[] {
    return this.#models.kept;
  }

  /** Drops all models. Resolves when none is being built any more. */
  async close(): Promise<void> {
    await this.#models.close();
  }

  async #meaning(
    model: Model,
    { question, exact, heard, wanted }: {
      question: Question;
      exact: readonly string[];
      heard: string | undefined;
      wanted: readonly string[];
    },
  ): Promise<Meaning> {
    const { text, threshold } = question, { workspace } = model;
    const guesses = exact.length > 0
      ? exact.slice(0, mostGuesses).map((label) => ({
        label,
        confidence: exact.length === 1 ? 1 : offeredFrom,
      }))
      : guessesOf(model, text, heard);
    const [best] = guesses;
    if (best?.label.startsWith("flow:") && best.confidence >= threshold) {
      return { kind: "flow", id: idOf(best.label), confidence: best.confidence };
    }
    const likely = guesses.filter(({ label }) => label.startsWith("answer:")).slice(0, mostGuesses);
    // Read now: one may have been deleted or switched off since the model was built.
    const found = best && best.confidence >= offeredFrom ? await this.#answersOf(workspace, likely) : [];
    const first = found[0];
    if (first && first.confidence >= threshold) {
      const { answer, confidence } = first, { title, body } = variantFor(answer, wanted);
      return { kind: "answer", answer, text: { title, body }, confidence };
    }
    if (first && first.confidence >= offeredFrom) {
      const offered = found.filter(({ confidence }) => confidence >= besideFrom);
      return {
        kind: "offer",
        answers: offered.map(({ answer }) => ({ id: answer.id, title: variantFor(answer, wanted).title })),
        confidence: first.confidence,
      };
    }
    return {
      kind: "unknown",
      guesses: likely.map(({ label, confidence }) => ({ id: idOf(label), confidence })),
    };
  }

  /** The answers of these guesses that exist and are on. */
  async #answersOf(
    workspace: string,
    guesses: readonly LabelGuess[],
  ): Promise<{ answer: Answer; confidence: number }[]> {
    const found = await answers.getMany(this.store, guesses.map(({ label }) => [workspace, idOf(label)]));
    return found.flatMap((answer, i) =>
      answer?.enabled ? [{ answer, confidence: guesses[i]!.confidence }] : []
    );
  }
}

const idOf = (label: string) => label.slice(label.indexOf(":") + 1);

/** None in a language that the workspace has no texts in: what they share with others says nothing about their meaning. */
function guessesOf(model: Model, text: string, heard: string | undefined): LabelGuess[] {
  if (heard !== undefined && model.languages.size > 0 && !model.languages.has(heard)) return [];
  return model.classify(text).filter(({ confidence }) => confidence > 0).slice(0, 2 * mostGuesses);
}

const textsOf = ({ title, phrases, locales }: Answer): string[] =>
  [{ title, phrases }, ...Object.values(locales)].flatMap((one) => [one.title, ...one.phrases]);
