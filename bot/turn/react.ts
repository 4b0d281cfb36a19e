import { answers } from "../../db/collections/knowledge/answers.ts";
import type { TurnState } from "../../db/collections/bot_turns.ts";
import { variantFor } from "../../chat/knowledge/variant.ts";
import type { Reading } from "../brain.ts";
import { answerSaying, offerSaying, personSaying } from "./answers.ts";
import { flowReaction, startFlow } from "./flow_reaction.ts";
import { generated } from "./generated.ts";
import type { Reaction } from "./reaction.ts";
import { languagesOf, type TurnContext, wordsOf } from "./turn_context.ts";
import type { TurnParts } from "./turn_parts.ts";

/** Turns without an answer, and offers in a row that led to nothing, after which people take over. */
const mostTurns = 6, mostMisses = 2;

/** Decides what the bot does about a question. A wish for a person comes before everything else. @throws {Unavailable} */
export async function react(parts: TurnParts, context: TurnContext): Promise<Reaction> {
  const { question: { text, button }, turn, settings, visitor, key } = context;
  if (button === "person") return { says: [], state: {}, then: { reason: "asked" } };
  const pressed = button !== undefined && await pressedReaction(parts, context, button);
  if (pressed) return pressed;
  const reading = await parts.brain.read(key.admin, {
    ...{ text, locale: visitor?.locale ?? settings.locale, language: turn.language },
    threshold: settings.bot.threshold,
  });
  const reaction = await readReaction(parts, context, reading);
  return { ...reaction, state: { ...languageAfter(turn, reading.language), ...reaction.state } };
}

/** A room's language is that of its first text that shows one, and changes after two in a row in another one. */
function languageAfter({ language, heard }: TurnState, now: string | undefined): Partial<TurnState> {
  if (now === undefined || now === language) return { heard: undefined };
  return language === undefined || heard === now ? { language: now, heard: undefined } : { heard: now };
}

async function readReaction(parts: TurnParts, context: TurnContext, reading: Reading): Promise<Reaction> {
  const { turn, question, key } = context;
  if (reading.kind === "person") {
    return { says: [], state: {}, then: { reason: "asked" } };
  }
  if (turn.flow) {
    const flow = await parts.flow(key.admin, turn.flow.id);
    if (flow?.enabled) {
      return await flowReaction(parts, context, flow, { state: turn.flow.state, language: reading.language });
    }
  }
  switch (reading.kind) {
    case "answer": {
      const { answer, text, confidence } = reading;
      const says = [await answerSaying(parts, answer, text.body)];
      return { says, state: hit(parts, context), log: { outcome: "answered", guess: answer.id, confidence } };
    }
    case "flow": {
      const flow = await parts.flow(key.admin, reading.id);
      if (flow?.enabled) return await startFlow(parts, context, flow, reading.language);
      return missed(context, { says: [], state: {}, then: { reason: "unknown" } });
    }
    case "small_talk":
    case "offer":
    case "unknown": {
      const isFirst = turn.done === 0 && !question.history.some(({ side }) => side === "admin");
      const greeting = isFirst ? await parts.greeting(key.admin) : undefined;
      if (greeting) return await startFlow(parts, context, greeting, reading.language);
      if (reading.kind === "unknown") return await generated(parts, context, reading);
      if (reading.kind === "small_talk") {
        return { says: [{ text: reading.text }], state: { flow: undefined }, log: { outcome: "small_talk" } };
      }
      const says = [offerSaying(wordsOf(context, reading.language), reading.answers)];
      const log = {
        outcome: "offered",
        guess: reading.answers[0]?.id,
        confidence: reading.confidence,
      } as const;
      return missed(context, { says, state: {}, log });
    }
    default:
      return reading satisfies never;
  }
}

/** What a button does; undefined where it is to be read as a text. */
async function pressedReaction(
  parts: TurnParts,
  context: TurnContext,
  button: string,
): Promise<Reaction | undefined> {
  const words = wordsOf(context), [kind, id = ""] = button.split(":");
  const { turn, key } = context;
  switch (kind) {
    case "answer":
      return await chosenAnswer(parts, context, id);
    case "flow": {
      const flow = await parts.flow(key.admin, id);
      if (!flow?.enabled) return { says: [], state: {}, then: { reason: "unknown" } };
      return await startFlow(parts, context, flow);
    }
    case "choice": {
      const flow = turn.flow && await parts.flow(key.admin, turn.flow.id);
      return flow?.enabled
        ? await flowReaction(parts, context, flow, { state: turn.flow!.state })
        : undefined;
    }
    case "none":
      return missed(context, { says: [personSaying(words, words.again)], state: {} });
    case "yes":
      return {
        says: [{ text: words.glad }],
        state: { misses: 0, turns: 0 },
        ...earlier(context, "helpful"),
        then: "resolve",
      };
    case "no":
      return missed(context, {
        ...{ says: [personSaying(words, words.sorry)], state: { answered: undefined } },
        ...earlier(context, "unhelpful"),
      }, "unhelpful");
    default:
      return undefined;
  }
}

async function chosenAnswer(parts: TurnParts, context: TurnContext, id: string): Promise<Reaction> {
  const answer = await answers.get(parts.chat.store, [context.key.admin, id]);
  if (!answer?.enabled) return { says: [], state: {}, then: { reason: "unknown" } };
  const { body } = variantFor(answer, languagesOf(context));
  const says = [await answerSaying(parts, answer, body)];
  return { says, state: hit(parts, context), log: { outcome: "answered", guess: id, confidence: 1 } };
}

/** The question that the pressed message has answered. */
function earlier(
  { question: { pressed, history }, turn }: TurnContext,
  outcome: "helpful" | "unhelpful",
): Pick<Reaction, "earlier"> {
  const answer = history.find(({ seq }) => seq === pressed);
  const seq = Number(/^bot:(\d+):/.exec(answer?.client_id ?? "")?.[1] ?? turn.answered?.seq);
  return Number.isNaN(seq) ? {} : { earlier: { seq, outcome } };
}

/** What is remembered of an answer. */
export function hit({ chat }: TurnParts, { question: { seq } }: TurnContext): Partial<TurnState> {
  return { misses: 0, turns: 0, flow: undefined, answered: { seq, at: chat.now() } };
}

/** A reaction that is no answer; after too many of them people take over. */
function missed(
  { turn }: TurnContext,
  reaction: Reaction,
  reason: "misses" | "unhelpful" = "misses",
): Reaction {
  const misses = turn.misses + 1, turns = turn.turns + 1;
  if (misses > mostMisses || turns >= mostTurns) return { ...reaction, says: [], then: { reason } };
  return { ...reaction, state: { ...reaction.state, misses, turns, flow: undefined } };
}
