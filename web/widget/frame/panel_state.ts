import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import { isOpenAt } from "../../ui/opening_hours.ts";
import type { Mode, PanelState } from "../panel/panel.ts";
import { asksFirst } from "../panel/prechat.ts";
import { nameOf } from "../panel/thread.ts";
import type { Rating } from "../rating/rating_card.ts";
import type { Conversation } from "./conversation.ts";
import type { Word } from "./strings.ts";
import type { Words } from "./words.ts";

/** What is known of a chat. */
export interface ChatState {
  words: Words;
  chatbot?: ChatbotPublic;
  talk?: Conversation;
  /** Why there is no chat. */
  refusal?: Word;
  /** There is no session yet. */
  isCut: boolean;
  /** The visitor has introduced itself. */
  isMet: boolean;
  sound: boolean;
  /** The rating that this browser gave last: score and episode. */
  rated?: string;
}

/** What the panel shows of a chat. */
export function panelState(chat: ChatState): PanelState {
  const { words, chatbot, talk, sound } = chat, title = chatbot?.title ?? "";
  const bot = chatbot?.bot, isWithBot = isBotAnswering(chatbot, talk);
  const isCut = chat.isCut || talk?.link === "reconnecting";
  return {
    mode: modeOf(chat),
    chatbot,
    online: talk?.online ?? false,
    sound,
    hasOlder: talk?.hasOlder ?? false,
    resolved: talk?.isResolved ?? false,
    typing: talk?.isTheirTyping && !talk.partial.id ? isWithBot && bot?.name || title : undefined,
    title,
    bot,
    isWithBot,
    partial: talk?.partial.id ? talk.partial : undefined,
    unread: talk?.unread ?? 0,
    notice: talk?.wait
      ? words.say("wait", { time: words.seconds(talk.wait) })
      : isCut
      ? words.say("reconnecting")
      : "",
    opening: openingOf(chat),
    messages: talk?.messages ?? [],
    pending: talk?.pending ?? [],
    readUpTo: talk?.readUpTo ?? 0,
    consumer: talk?.consumer ?? "",
    rating: ratingOf(chat),
    isAway: talk?.online === false,
    awayNote: chatbot && !isClosed(chatbot, talk) ? chatbot.away_message : "",
  };
}

function modeOf({ refusal, chatbot, talk, isMet }: ChatState): Mode {
  if (refusal) return refusal;
  if (!chatbot || !talk?.isLoaded) return "loading";
  const isNew = talk.messages.length === 0 && talk.pending.length === 0;
  return isNew && !isMet && asksFirst(chatbot) ? "form" : "chat";
}

/** The chatbot's own texts before any message; none over a history that begins elsewhere. */
function openingOf({ chatbot, talk }: ChatState): string[] {
  if (!chatbot || talk?.hasOlder) return [];
  const { greeting, away_message } = chatbot;
  // The bot is there at any hour.
  const isAway = isClosed(chatbot, talk) && !isBotAnswering(chatbot, talk);
  return [greeting, isAway ? away_message : ""].filter(Boolean);
}

/** The question for a rating, with what this browser has answered before. */
function ratingOf({ talk, rated, chatbot }: ChatState): Rating | undefined {
  const asked = talk?.ratable;
  if (!asked) return undefined;
  const { episode, answer } = asked, [score, before] = rated?.split(" ") ?? [];
  const title = chatbot?.title ?? "", name = answer ? nameOf(answer, { title }) : title;
  return { episode, name, ...before === episode && { score: Number(score) } };
}

/** What is written now goes to the bot, as far as the texts and statuses show it. */
function isBotAnswering(chatbot: ChatbotPublic | undefined, talk: Conversation | undefined): boolean {
  const last = talk?.messages.findLast(({ kind, side }) =>
    kind === "status" || kind === "text" && side === "admin"
  );
  return Boolean(chatbot?.bot) &&
    (!last || (last.kind === "status" ? last.content === "bot" : last.by === "bot"));
}

/** Nobody is online, outside of opening hours or while away. */
function isClosed({ away, business_hours, holidays }: ChatbotPublic, talk?: Conversation): boolean {
  return !talk?.online && (away || !isOpenAt({ ...business_hours, holidays }, new Date()));
}
