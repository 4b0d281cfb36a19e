import type { BotTried, BotTry, ReportCard } from "../../protocol/bot_try.ts";
import type { Appended, RoomKey, RoomRecord } from "../../db/store.ts";

/** Why the bot hands a conversation over to people. */
export const handOffReasons = [
  /** The visitor asked for a person. */
  "asked",
  /** It has no answer. */
  "unknown",
  /** Too many turns without an answer. */
  "misses",
  /** The visitor said that an answer did not help. */
  "unhelpful",
  /** A flow hands over. */
  "flow",
  /** Something failed. */
  "failed",
  /** It did not answer in time. */
  "timeout",
  /** The language model's budget is used up. */
  "budget",
  /** The language model refused to answer. */
  "declined",
  /** The language model's answer did not name its sources. */
  "uncited",
  /** The bot was switched off. */
  "off",
] as const;
export type HandOffReason = typeof handOffReasons[number];

/** An answer that an agent may give. */
export interface SuggestedAnswer {
  id: string;
  title: string;
  body: string;
  /** Probability that it is the right one, 0 to 1. */
  confidence: number;
}

/**
 * What other rules ask of the bot. Nothing but `takes` and `due` waits, and nothing but those fails. A visitor's way
 * reaches it through this interface alone, which imports nothing of the staff log.
 */
export interface Bot {
  /** Whether the operator has set up a language model. */
  readonly hasModel?: boolean;
  /**
   * Whether a visitor's text that begins a conversation goes to the bot now. Answers at once where the settings are known,
   * as they are after the first text of a workspace. @throws {Unavailable}
   */
  takes(workspace: string): boolean | Promise<boolean>;
  /** A visitor's text was stored in a room that the bot handles. */
  texted(appended: Appended): void;
  /** A visitor's text that may be a mail address was stored in a room that waits for people. */
  addressed(appended: Appended): void;
  /** A room is not the bot's any more. */
  left(key: RoomKey): void;
  /** A room that the bot handles is due: a turn of it was lost, or its visitor is silent. */
  due(room: RoomRecord): void;
  /** The settings of a workspace have changed here. */
  changed(workspace: string): void;
  /** The three answers that come nearest to a text, best first, whether the bot is on or off. @throws {Unavailable} */
  guesses(workspace: string, text: string): Promise<SuggestedAnswer[]>;
  /**
   * Answers that fit a visitor's text, for the agent who has it before it: best first, none where the bot is off.
   * @throws {Unavailable}
   */
  suggest(workspace: string, text: string): Promise<SuggestedAnswer[]>;
  /**
   * How a text is understood now. Undefined while the process ends. @throws {Unavailable}
   */
  tryOut?(workspace: string, asked: BotTry): Promise<BotTried | undefined>;
  /** What the answers let expect. Undefined while the process ends. @throws {Unavailable} */
  reportCard?(workspace: string): Promise<ReportCard | undefined>;
}
