import { endTurn, turnOf } from "../../db/collections/bot_turns.ts";
import type { Message } from "../../protocol/records.ts";
import type { RoomKey, RoomRecord } from "../../db/store.ts";
import type { HandOffReason } from "../../chat/bot/bot.ts";
import { logQuestion, markOutcome } from "../../chat/bot/questions.ts";
import { chatbotOf } from "../../chat/chatbots/chatbots.ts";
import { applyEffects } from "./effects.ts";
import { handOff } from "./hand_off.ts";
import { mostRead, type OpenQuestion, openQuestion, turnName } from "./open_question.ts";
import { react } from "./react.ts";
import type { HandOver, Reaction } from "./reaction.ts";
import { idleMs, rest } from "./rest.ts";
import { NotOurs, Speaker } from "./speaker.ts";
import type { TurnContext } from "./turn_context.ts";
import type { TurnParts } from "./turn_parts.ts";

/** A hand-off so soon after an answer says that it did not help. Milliseconds. */
const unhelpfulMs = 120_000;

/**
 * Answers what a visitor has written to the bot, or hands over; looks after a silent visitor where nothing is to be answered.
 * Running it again, here or in another process, repeats nothing. @throws what failed: the room is still the bot's
 */
export async function runTurn(parts: TurnParts, key: RoomKey, signal: AbortSignal): Promise<void> {
  const { chat } = parts;
  const [room, { turn }, messages] = await Promise.all([
    chat.store.room(key),
    turnOf(chat.store, key),
    chat.store.messagesBefore(key, undefined, mostRead),
  ]);
  if (room?.status !== "bot") return;
  // Handed over before a crash, which cannot be taken back.
  if (turn.handing) return await handOff(chat, key, { reason: turn.handing.reason as HandOffReason });
  const question = openQuestion(messages, turn.done);
  const [settings, visitor] = await Promise.all([chatbotOf(chat, key.admin), chat.store.visitor(key)]);
  if (settings.bot.mode !== "answer") return await handOff(chat, key, { reason: "off" }, question);
  if (!question) return await rest(chat, room);
  const { lease } = turn;
  if (lease && lease.by !== parts.instance && lease.until > chat.now()) return;
  const speaker = new Speaker(chat, key, { seq: question.seq, head: headOf(messages, room) });
  const hasSpoken = messages.some(({ client_id }) => client_id?.startsWith(turnName(question.seq)));
  const context = { key, room, question, turn, settings, visitor, speaker, hasSpoken, signal };
  try {
    await carryOut(parts, context, await react(parts, context));
  } catch (error) {
    if (!(error instanceof NotOurs)) throw error;
  }
}

const headOf = (messages: Message[], room: RoomRecord) => messages.at(-1)?.seq ?? room.head;

async function carryOut(parts: TurnParts, context: TurnContext, reaction: Reaction): Promise<void> {
  const { chat } = parts, { key, question, turn, speaker, signal } = context;
  const { says, shown, state, then } = reaction;
  try {
    signal.throwIfAborted();
    for (const { text, extra } of says) await speaker.say(text, extra);
    shown?.close();
  } finally {
    shown?.withdraw();
  }
  await applyEffects(chat, key, reaction.effects);
  if (then && then !== "resolve") {
    const language = state.language ?? turn.language;
    await handOff(chat, key, then, { seq: question.seq, language });
    return await noted(parts, context, reaction, then);
  }
  const { workspace: _, consumer: __, done: ___, lease: ____, ...before } = turn;
  const ended = endTurn(chat.store, key, {
    ...{ seq: question.seq, head: speaker.head, botDueAt: chat.now() + idleMs },
    state: { ...before, turns: turn.turns + 1, ...state },
  });
  // At the same time: engines store both in one transaction.
  await Promise.all([ended, noted(parts, context, reaction)]);
  if (then === "resolve") await speaker.setStatus("resolved");
}

/** Logs the question and what became of it. A failure changes nothing for the visitor. */
async function noted(
  parts: TurnParts,
  context: TurnContext,
  reaction: Reaction,
  over?: HandOver,
): Promise<void> {
  try {
    await log(parts, context, reaction, over);
  } catch (error) {
    parts.onFault(error);
  }
}

async function log(
  { chat: { store, now } }: TurnParts,
  { key: { admin: workspace, consumer }, question, turn: { answered } }: TurnContext,
  { log, earlier }: Reaction,
  over: HandOver | undefined,
): Promise<void> {
  const at = now(), room = { workspace, consumer };
  if (earlier) await markOutcome(store, { ...room, seq: earlier.seq }, { outcome: earlier.outcome, at });
  const isSoon = over && answered && at - answered.at < unhelpfulMs;
  if (isSoon) await markOutcome(store, { ...room, seq: answered.seq }, { outcome: "unhelpful", at });
  const own = over ? { ...log, outcome: "handed_off" as const, reason: over.reason } : log;
  if (own) await logQuestion(store, { ...room, ...asked(question), at, ...own });
}

const asked = ({ seq, text }: OpenQuestion) => ({ seq, text });
