import { train } from "../bot/classifier.ts";
import { mean, quantile } from "./figures.ts";
import { judgeFigure, type Verdict } from "./verdict.ts";

interface Question {
  text: string;
  label: string;
}

/** Percent of the held-out questions. */
interface Run {
  right: number;
  answered: number;
  /** Correct answers among the given ones. Percent. */
  precision: number;
  /** Unrelated questions that got an answer. Percent. */
  unrelated: number;
  /** Time per question. Milliseconds. */
  p50: number;
  p99: number;
}

interface Target {
  atLeast?: number;
  atMost?: number;
}

/** Training examples per label, and the targets in percent. */
const amounts = [
  { name: "all", perLabel: Infinity, right: 89.5, answered: 65, precision: 95 },
  { name: "10 a label", perLabel: 10, right: 74, answered: 35, precision: 95 },
  { name: "5 a label", perLabel: 5, right: 64 },
];
const seeds = [1, 2, 3];
/** Default confidence threshold of the bot. */
const threshold = 0.7;

/** Measures the classifier with a CSV file of questions; the header is `text,label`. */
export async function classifier(path: string): Promise<Verdict[]> {
  const questions = questionsOf(await Deno.readTextFile(path));
  const unrelated = (await Deno.readTextFile(new URL("unrelated_questions.txt", import.meta.url))).trim()
    .split("\n");
  const verdicts = await cost(questions);
  for (const amount of amounts) {
    const runs: Run[] = [];
    for (const seed of seeds) runs.push(await judged(questions, { unrelated, seed, ...amount }));
    const average = (name: keyof Run) => mean(runs.map((run) => run[name]));
    const shown = (what: string, parlor: number, target: Target, unit = "%") =>
      verdicts.push(judgeFigure(`${amount.name}: ${what}`, { parlor, unit }, target));
    shown("right", average("right"), { atLeast: amount.right });
    shown("answered at the default threshold", average("answered"), { atLeast: amount.answered });
    shown("right of the answered", average("precision"), { atLeast: amount.precision });
    shown("answered of unrelated questions", average("unrelated"), { atMost: 3 });
    shown("one question, p50", average("p50"), { atMost: 0.2 }, "ms");
    shown("one question, p99", average("p99"), {}, "ms");
  }
  return verdicts;
}

/** Time, memory and the longest block of the event loop during training. */
async function cost(questions: Question[]): Promise<Verdict[]> {
  const shuffled = shuffledBy(questions, 1);
  const few = new Set([...new Set(shuffled.map(({ label }) => label))].slice(0, 20));
  const shop = firstOfEach(shuffled.filter(({ label }) => few.has(label)), 10);
  await train(shop);
  const small = await watched(shop), large = await watched(shuffled.slice(0, 5_000));
  return [
    judgeFigure(`${shop.length} examples trained`, { parlor: small.ms, unit: "ms" }, { atMost: 500 }),
    judgeFigure("… the event loop held, longest", { parlor: small.heldMs, unit: "ms" }, { atMost: 20 }),
    judgeFigure("… more memory", { parlor: small.mb, unit: "MB" }, {}),
    judgeFigure("5,000 examples trained", { parlor: large.ms, unit: "ms" }, {}),
    judgeFigure("… the event loop held, longest", { parlor: large.heldMs, unit: "ms" }, { atMost: 20 }),
    judgeFigure("… more memory", { parlor: large.mb, unit: "MB" }, { atMost: 80 }),
  ];
}

async function watched(examples: Question[]): Promise<{ ms: number; heldMs: number; mb: number }> {
  const memory = Deno.memoryUsage().rss;
  const begun = performance.now();
  let last = begun, heldMs = 0, peak = memory;
  const turns = setInterval(() => {
    const now = performance.now();
    heldMs = Math.max(heldMs, now - last);
    last = now;
    peak = Math.max(peak, Deno.memoryUsage().rss);
  }, 0);
  await train(examples);
  const ms = performance.now() - begun;
  clearInterval(turns);
  return { ms, heldMs, mb: (peak - memory) / 1e6 };
}

async function judged(
  questions: Question[],
  { seed, perLabel, unrelated }: { seed: number; perLabel: number; unrelated: string[] },
): Promise<Run> {
  const shuffled = shuffledBy(questions, seed);
  const aside = shuffled.splice(0, Math.floor(shuffled.length / 5));
  const { classify } = await train(firstOfEach(shuffled, perLabel));
  const times: number[] = [];
  const guesses = aside.map(({ text, label }) => {
    const begun = performance.now();
    const best = classify(text)[0]!;
    times.push(performance.now() - begun);
    return { isRight: best.label === label, isAnswered: best.confidence >= threshold };
  });
  const answered = guesses.filter(({ isAnswered }) => isAnswered);
  return {
    right: share(guesses, ({ isRight }) => isRight),
    answered: share(guesses, ({ isAnswered }) => isAnswered),
    precision: share(answered, ({ isRight }) => isRight),
    unrelated: share(unrelated, (text) => classify(text)[0]!.confidence >= threshold),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}

/** Share of the items for which `is` holds. Percent. */
function share<T>(items: readonly T[], is: (item: T) => boolean): number {
  return 100 * items.filter(is).length / items.length;
}

function firstOfEach(questions: readonly Question[], perLabel: number): Question[] {
  const byLabel = Map.groupBy(questions, ({ label }) => label);
  return [...byLabel.values()].flatMap((ofLabel) => ofLabel.slice(0, perLabel));
}

/** Shuffles deterministically by `seed`, with a linear congruential generator. */
function shuffledBy<T>(items: readonly T[], seed: number): T[] {
  const shuffled = [...items];
  let state = seed;
  for (let last = shuffled.length - 1; last > 0; last--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = Math.floor(state / 2 ** 32 * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

/** Parses CSV with two columns; a value with a comma or a quote is quoted. */
function questionsOf(csv: string): Question[] {
  const rows = csv.matchAll(/^(?:"((?:[^"]|"")*)"|([^",\r\n]*)),([^,\r\n]+)\r?$/gm);
  const [, ...questions] = Array.from(rows, ([, quoted, plain, label]) => ({
    text: quoted?.replaceAll('""', '"') ?? plain!,
    label: label!,
  }));
  return questions;
}
