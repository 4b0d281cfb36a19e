import { Collection, type RecordStore, stored } from "../collection.ts";
import { type RecordKey, timePart } from "../records.ts";

/** What became of a question. */
export type QuestionOutcome =
  | "answered"
  | "offered"
  | "helpful"
  | "unhelpful"
  | "handed_off"
  | "small_talk"
  | "generated"
  /** Nobody asked the bot: an agent inserted its suggestion. */
  | "suggested";

/** A visitor's text that the bot has read. */
export interface BotQuestion {
  workspace: string;
  consumer: string;
  /** Of the visitor's message. */
  seq: number;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Id of the answer that came nearest. */
  guess?: string;
  /** Probability that the guess is right, 0 to 1. */
  confidence?: number;
  outcome: QuestionOutcome;
  /** Why it was handed off. */
  reason?: string;
  /** What the outcome was before the hand-off. */
  before?: QuestionOutcome;
  /** When the outcome last changed. Milliseconds since 1970. */
  changed?: number;
  /** Id of the answer that an agent inserted for it. */
  used?: string;
  /** What a member has decided about it. */
  review?: QuestionReview;
}

export interface QuestionReview {
  /** Id of the answer that it asks for. */
  answer?: string;
  /** The phrase that it became there. */
  phrase?: string;
  /** The answer was made for it. */
  isNew?: true;
  dismissed?: true;
  /** Agent id. */
  by: string;
  /** Milliseconds since 1970. */
  at: number;
}

export type QuestionKey = Pick<BotQuestion, "workspace" | "consumer" | "seq">;

const byTime = "byTime", toReview = "toReview", byAge = "byAge";
const seqPart = (seq: number) => String(seq).padStart(12, "0");

/** An answer with more confidence than this needs no review. */
const surely = 0.9;

/** Whether a member's decision about a question can make the bot better. */
export function isForReview({ review, outcome, reason, confidence = 0 }: BotQuestion): boolean {
  if (review || outcome === "small_talk" || outcome === "helpful" || reason === "asked") return false;
  return outcome !== "answered" || confidence < surely;
}

/**
 * `byTime`: a workspace's questions, oldest first. `toReview`: those of them that a member should look at.
 * `byAge`: the questions of all workspaces, for their deletion.
 */
export const botQuestions = new Collection<BotQuestion, typeof byTime | typeof toReview | typeof byAge>({
  name: "bot_questions",
  schema: stored(),
  key: ({ workspace, consumer, seq }) => [workspace, consumer, seqPart(seq)],
  indexes: {
    byTime: { key: ({ workspace, at }) => [workspace, timePart(at)] },
    toReview: { key: (one) => isForReview(one) ? [one.workspace, timePart(one.at)] : undefined },
    byAge: { key: ({ at }) => [timePart(at)] },
  },
});

export const questionKey = ({ workspace, consumer, seq }: QuestionKey): RecordKey => [
  workspace,
  consumer,
  seqPart(seq),
];

/** A room's questions, newest first. */
export function questionsOf(
  store: RecordStore,
  { workspace, consumer }: Omit<QuestionKey, "seq">,
  limit: number,
): Promise<BotQuestion[]> {
  return botQuestions.list(store, [workspace, consumer], { limit, reverse: true });
}

/** All of a room's questions, oldest first. */
export async function* allQuestionsOf(
  store: RecordStore,
  { workspace, consumer }: Omit<QuestionKey, "seq">,
): AsyncIterable<BotQuestion> {
  const limit = 100;
  let after: RecordKey | undefined;
  do {
    const page = await botQuestions.list(store, [workspace, consumer], { limit, after });
    yield* page;
    after = page.length === limit ? questionKey(page.at(-1)!) : undefined;
  } while (after);
}

/** A page of a workspace's questions from an instant on, oldest first. `from`: milliseconds, or the question before. */
export function questionsSince(
  store: RecordStore,
  workspace: string,
  from: number | BotQuestion,
  limit: number,
): Promise<BotQuestion[]> {
  const after = typeof from === "number"
    ? [workspace, timePart(from)]
    : [workspace, timePart(from.at), ...questionKey(from)];
  return botQuestions.listBy(store, byTime, [workspace], { after, limit });
}

/** The newest questions of a workspace that a member should look at. */
export function questionsToReview(
  store: RecordStore,
  workspace: string,
  limit: number,
): Promise<BotQuestion[]> {
  return botQuestions.listBy(store, toReview, [workspace], { limit, reverse: true });
}

/** Deletes the oldest questions of all workspaces that were asked before `before`, at most `limit`. Returns their number. */
export async function dropQuestions(store: RecordStore, before: number, limit: number): Promise<number> {
  const index = botQuestions.indexName(byAge);
  const found = (await store.records.list(index, [], { limit })).filter(({ key }) =>
    key[0]! < timePart(before)
  );
  for (const { value } of found) await botQuestions.remove(store, value as RecordKey);
  return found.length;
}
