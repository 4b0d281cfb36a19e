import { takeTurn } from "../../db/collections/bot_turns.ts";
import type { Message } from "../../protocol/records.ts";
import type { Reading } from "../brain.ts";
import type { Asked } from "../llm/generate.ts";
import { PartialText } from "../llm/partial_text.ts";
import type { Reaction } from "./reaction.ts";
import { NotOurs } from "./speaker.ts";
import { languagesOf, type TurnContext } from "./turn_context.ts";
import type { TurnParts } from "./turn_parts.ts";

/** For how long a process has a turn, and how often it says that it still has it. Milliseconds. */
const leaseMs = 10_000, renewMs = 3_000;
/** Interval of looks whether the room is still the bot's. Milliseconds. */
const lookMs = 1_000;
/** Earlier texts that the language model gets. */
const mostHistory = 10;

/** What is done about a question that no answer fits: the language model's text, where there is one, or people. @throws {NotOurs | Unavailable} */
export async function generated(
  parts: TurnParts,
  context: TurnContext,
  { guesses: [guess], language }: Extract<Reading, { kind: "unknown" }>,
): Promise<Reaction> {
  const { key, question: { text, seq }, settings: { bot } } = context;
  const log = { guess: guess?.id, confidence: guess?.confidence };
  const unknown: Reaction = {
    says: [],
    state: {},
    log: { outcome: "handed_off", ...log },
    then: { reason: "unknown" },
  };
  if (!parts.generate || !bot.llm.use) return unknown;
  const state = { misses: 0, turns: 0, answered: { seq, at: parts.chat.now() } };
  if (context.hasSpoken) return { says: [], state, log: { outcome: "generated", ...log } };
  const passages = await parts.brain.passages(key.admin, text);
  if (passages.length === 0) return unknown;
  const shown = new PartialText({ audience: parts.chat.audience, key, id: context.speaker.nextId });
  const made = await whileHeld(parts, context, (signal) =>
    parts.generate!({
      ...{ workspace: key.admin, consumer: key.consumer, question: text, passages, signal },
      ...{ settings: bot.llm, title: context.settings.title, language: languagesOf(context, language)[0] },
      history: context.question.history.slice(-mostHistory).map(spoken),
      onText: (delta) => shown.write(delta),
    })).catch((error) => {
      shown.withdraw();
      throw error;
    });
  if (made.kind === "answer") {
    const { sources } = made;
    const extra = { type: "answer" as const, helpful: true as const, ...(sources.length > 0 && { sources }) };
    return { says: [{ text: made.text, extra }], state, log: { outcome: "generated", ...log }, shown };
  }
  shown.withdraw();
  return {
    ...unknown,
    then: { reason: made.reason, ...(made.draft !== undefined && { draft: made.draft }) },
  };
}

const spoken = ({ side, by, content }: Message): Asked["history"][number] => ({
  from: side === "visitor" ? "visitor" : by === "bot" ? "bot" : "team",
  text: content,
});

/** Does work that takes seconds while no other process does the same, until the room is not the bot's any more. */
async function whileHeld<T>(
  { chat, instance, onFault }: TurnParts,
  { key, question: { seq }, signal }: TurnContext,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const hold = async () => {
    const at = chat.now();
    return await takeTurn(chat.store, key, { seq, by: instance, at, until: at + leaseMs }) !== undefined;
  };
  if (!await hold()) throw new NotOurs();
  const lost = new AbortController(), either = AbortSignal.any([signal, lost.signal]);
  const look = async (isHeld: () => Promise<boolean>) => {
    if (!await isHeld()) lost.abort(new NotOurs());
  };
  const isBots = async () => (await chat.store.room(key))?.status === "bot";
  const timers = [
    setInterval(() => void look(hold).catch(onFault), renewMs),
    setInterval(() => void look(isBots).catch(onFault), lookMs),
  ];
  const gone = new Promise<never>((_, reject) =>
    either.addEventListener("abort", () => reject(either.reason), { once: true })
  );
  // Where the work ends first, nobody waits for it.
  gone.catch(() => {});
  try {
    either.throwIfAborted();
    return await Promise.race([work(either), gone]);
  } finally {
    timers.forEach(clearInterval);
  }
}
