import type { HandOffReason } from "../../chat/bot/bot.ts";
import type { BotSettings } from "../../protocol/chatbot.ts";

/** What a language model is asked, and what it may know. */
export interface Asked {
  workspace: string;
  consumer: string;
  question: string;
  /** Earlier texts, oldest first; the newest ten are sent. */
  history: { from: "visitor" | "team" | "bot"; text: string }[];
  /** The only facts it may use, numbered from 1 as it cites them. */
  passages: { source: { title: string; url?: string }; text: string }[];
  /** Language tag; default: that of the question. */
  language?: string;
  settings: BotSettings["llm"];
  /** The chatbot's. */
  title: string;
  /** Receives the answer while it is written, in order. Never called where `settings.check_first` is on. */
  onText(delta: string): void;
  /** The turn is over: nothing more is read or shown. */
  signal: AbortSignal;
}

export interface CitedSource {
  /** As `[n]` in the text. */
  n: number;
  title: string;
  url?: string;
}

/** What became of it. `draft`: a text that no visitor should see unchecked; what was shown of it must be withdrawn. */
export type Generated =
  | { kind: "answer"; text: string; sources: CitedSource[] }
  | { kind: "handoff"; reason: HandOffReason; draft?: string };

/** Asks the operator's language model. Never rejects, and ends within 30 s. */
export type Generate = (asked: Asked) => Promise<Generated>;
