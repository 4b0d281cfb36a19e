import { calibrate, confidences } from "./confidence.ts";
import { Corpus, type LabelledRow } from "./corpus.ts";
import { LabelModel } from "./label_model.ts";
import { normalized } from "./text_features.ts";
import { TimeSlices } from "./time_slices.ts";
import { trialsOf } from "./trials.ts";

/** A question somebody may ask, and the label of its answer. */
interface Example {
  text: string;
  label: string;
}

interface Guess {
  label: string;
  /** The probability that the label is right, 0 to 1. */
  confidence: number;
}

interface Classifier {
  /** All labels, best first. */
  classify(text: string): Guess[];
}

const maxExamples = 20_000;
const maxLabels = 500;
/** UTF-16 code units that are read of an example and of a question. The rest would cost time and tell little. */
const maxExampleLength = 300;
const maxQuestionLength = 1_000;
/** A label of words is a title, "lost_card" or "Where is my order?"; one with digits is an id. */
const title = /^[\p{L}\p{M}\s_'’?!.,-]+$/u;

/**
 * Learns which label a question has. A label that consists of words counts as one more example. Equal examples make
 * equal classifiers. The event loop is held for some milliseconds at a time.
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

/** A row for each text in which something can be read. */
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

/** The different texts of each label, as they are compared. */
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
