import { calibrate, confidences } from "./confidence.ts";
import { Corpus, type LabelledRow } from "./corpus.ts";
import { LabelModel } from "./label_model.ts";
import { normalized } from "./text_features.ts";
import { TimeSlices } from "./time_slices.ts";
import { trialsOf } from "./trials.ts";

/** An example question with the label of its answer. */
interface Example {
  text: string;
  label: string;
}

interface Guess {
  label: string;
  /** Probability that the label is right, 0 to 1. */
  confidence: number;
}

interface Classifier {
  /** All labels, best first. */
  classify(text: string): Guess[];
}

const maxExamples = 20_000;
const maxLabels = 500;
/**
 * Maximum length read of an example and of a question; the rest costs time and adds little. UTF-16 code
 * units.
 */
const maxExampleLength = 300;
const maxQuestionLength = 1_000;
/** A label of words is a title ("lost_card", "Where is my order?"); a label with digits is an id. */
const title = /^[\p{L}\p{M}\s_'’?!.,-]+$/u;

/**
 * Trains a classifier of questions. A label that consists of words counts as an additional example. Training
 * is deterministic. It blocks the event loop for at most a few milliseconds at a time.
 * @throws {RangeError} above 20,000 examples or 500 labels
 */
export async function train(examples: readonly Example[]): Promise<Classifier> {
  const slices = new TimeSlices();
  const texts = await textsByLabel(examples, slices);
  const labels = [...texts.keys()];
  const corpus = new Corpus();
  const rows = await learnRows(corpus, [...texts.values()], slices);
  const model = await LabelModel.fit(corpus, rows, slices);
  const calibration = await calibrate(await trialsOf(corpus, rows, slices), slices);
  return {
    classify(text) {
      const match = model.match(corpus.read(normalized(text, maxQuestionLength)));
      return confidences(match, calibration).map(({ label, confidence }) => ({
        label: labels[label]!,
        confidence,
      }));
    },
  };
}

/** Creates a row for each text that has features. */
async function learnRows(
  corpus: Corpus,
  textsByLabel: readonly Iterable<string>[],
  slices: TimeSlices,
): Promise<LabelledRow[]> {
  const rows: LabelledRow[] = [];
  for (const [label, texts] of textsByLabel.entries()) {
    for (const text of texts) {
      if (slices.areOver) await slices.next();
      if (text) rows.push({ ...corpus.learn(text), label });
    }
  }
  return rows;
}

/** The distinct normalized texts of each label. */
async function textsByLabel(
  examples: readonly Example[],
  slices: TimeSlices,
): Promise<Map<string, Set<string>>> {
  refuseMore(examples.length, { than: maxExamples, what: "examples" });
  const byLabel = new Map<string, Set<string>>();
  for (const { label, text } of examples) {
    if (slices.areOver) await slices.next();
    const texts = byLabel.get(label) ??
      new Set(title.test(label) ? [normalized(label, maxExampleLength)] : []);
    byLabel.set(label, texts.add(normalized(text, maxExampleLength)));
  }
  refuseMore(byLabel.size, { than: maxLabels, what: "labels" });
  return byLabel;
}

function refuseMore(count: number, { than, what }: { than: number; what: string }): void {
  if (count > than) throw new RangeError(`Too many ${what}: ${count}; at most ${than}`);
}
