import type { MessageExtra } from "../../protocol/records.ts";
import type { TurnState } from "../../db/collections/bot_turns.ts";
import type { QuestionOutcome } from "../../db/collections/bot_questions.ts";
import type { HandOffReason } from "../../chat/bot/bot.ts";
import type { PartialText } from "../llm/partial_text.ts";
import type { FlowTurn } from "../../protocol/flows.ts";

/** A text of the bot. */
export interface Saying {
  text: string;
  extra?: MessageExtra;
}

/** What the bot does about a question. */
export interface Reaction {
  says: Saying[];
  /** What it remembers. */
  state: Partial<TurnState>;
  /** How the question is logged; absent: it was none. */
  log?: { outcome: QuestionOutcome; guess?: string; confidence?: number };
  /** What became of an earlier question. */
  earlier?: { seq: number; outcome: QuestionOutcome };
  effects?: FlowTurn["effects"];
  then?: "resolve" | HandOver;
  /** What it says is shown already. */
  shown?: PartialText;
}

/** It hands over, after what it says. */
export interface HandOver {
  reason: HandOffReason;
  /** Instead of the usual words. */
  text?: string;
  team?: string;
  /** A text that only members may see. */
  draft?: string;
}
