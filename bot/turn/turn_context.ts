import type { Chatbot } from "../../protocol/chatbot.ts";
import type { BotTurn } from "../../db/collections/bot_turns.ts";
import type { RoomKey, RoomRecord } from "../../db/store.ts";
import type { VisitorRecord } from "../../db/visitor_store.ts";
import type { OpenQuestion } from "./open_question.ts";
import type { Speaker } from "./speaker.ts";
import { type BotWords, wordsIn } from "./words.ts";

/** What a turn knows when it begins. */
export interface TurnContext {
  key: RoomKey;
  room: RoomRecord;
  question: OpenQuestion;
  turn: BotTurn;
  settings: Chatbot;
  visitor?: VisitorRecord;
  speaker: Speaker;
  /** The turn has said something before a crash. */
  hasSpoken: boolean;
  /** Aborted when the turn is over for any reason. */
  signal: AbortSignal;
}

/** The languages to speak, the most fitting first. */
export function languagesOf({ turn, visitor, settings }: TurnContext, heard?: string): string[] {
  const tags = [heard, turn.language, visitor?.locale, settings.locale];
  return tags.filter((tag) => tag !== undefined && tag !== "") as string[];
}

export const wordsOf = (context: TurnContext, heard?: string): BotWords =>
  wordsIn(...languagesOf(context, heard));
