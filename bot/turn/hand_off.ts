import { botTurns, turnOf } from "../../db/collections/bot_turns.ts";
import { teams } from "../../db/collections/teams.ts";
import type { RoomKey, RoomRecord } from "../../db/store.ts";
import type { Chat } from "../../chat/chat.ts";
import { chatbotOf } from "../../chat/chatbots/chatbots.ts";
import { isAvailable } from "../../chat/chatbots/availability.ts";
import { changeRoom } from "../../chat/desk/change_room.ts";
import { reassignReopened } from "../../chat/desk/release.ts";
import { unreadChange } from "../../chat/desk/unread.ts";
import { wokenBy } from "../../chat/push/recipients.ts";
import { nextOpeningText } from "./next_opening.ts";
import type { HandOver } from "./reaction.ts";
import { mostRead, openQuestion } from "./open_question.ts";
import { NotOurs, Speaker } from "./speaker.ts";
import { wordsIn } from "./words.ts";

/** What is known where a turn hands over. */
interface Known {
  /** Of the turn; default: the room's newest message. */
  seq?: number;
  /** Of the text that is handed over. */
  language?: string;
}

/**
 * Hands a room of the bot over to people, once, however many processes do it: tells the visitor, records the reason in the
 * staff log, makes the room unread and `waiting`, and wakes those who want that. Nothing happens to a room that is not the
 * bot's. @throws {Unavailable} it may be repeated
 */
export async function handOff(chat: Chat, key: RoomKey, over: HandOver, known: Known = {}): Promise<void> {
  try {
    await begin(chat, key, over, known);
  } catch (error) {
    if (!(error instanceof NotOurs)) throw error;
  }
}

async function begin(chat: Chat, key: RoomKey, over: HandOver, { seq, language }: Known): Promise<void> {
  const room = await chat.store.room(key);
  if (room?.status !== "bot") return;
  const { turn: { handing, done } } = await turnOf(chat.store, key);
  const turn = handing?.seq ?? seq ?? await askedSeq(chat, key, done) ?? room.head;
  const speaker = new Speaker(chat, key, { seq: turn, head: room.head });
  if (!handing) {
    await tellVisitor(chat, room, speaker, { ...over, seq: turn, language });
    await record(chat, key, { ...over, seq: turn });
  }
  await finish(chat, key, speaker);
}

/** A turn that failed goes on under its name. */
async function askedSeq(chat: Chat, key: RoomKey, done: number): Promise<number | undefined> {
  return openQuestion(await chat.store.messagesBefore(key, undefined, mostRead), done)?.seq;
}

/** Nothing but the status is left to do, if the process ends after this. */
async function record(chat: Chat, key: RoomKey, over: HandOver & { seq: number }): Promise<void> {
  const { seq, reason, draft } = over;
  const team = over.team !== undefined && await teams.get(chat.store, [key.admin, over.team])
    ? over.team
    : undefined;
  await changeRoom(chat, key, undefined, async (room) => {
    if (room.status !== "bot") return undefined;
    const { turn, version } = await turnOf(chat.store, key);
    if (turn.handing) return undefined;
    const unread = await unreadChange(chat, room);
    const { lease: _, flow: __, ...rest } = turn, name = botTurns.nameOf(turn);
    const value = { ...rest, done: Math.max(turn.done, seq), handing: { seq, reason } };
    return {
      set: { ...unread?.set, ...(team !== undefined && { team, assignee: null }) },
      expect: { status: ["bot"] },
      entry: { kind: "handed_off", detail: { reason, ...(draft !== undefined && { draft }) } },
      also: {
        check: [...unread?.also?.check ?? [], { ...name, version }],
        put: [...unread?.also?.put ?? [], { ...name, value }],
      },
    };
  });
}

async function finish(chat: Chat, key: RoomKey, speaker: Speaker): Promise<void> {
  const room = await speaker.setStatus("waiting");
  if (room.status !== "waiting") return;
  await botTurns.update(chat.store, [key.admin, key.consumer], (turn) => {
    if (!turn?.handing) return undefined;
    const { handing: _, ...rest } = turn;
    return { ...rest, misses: 0, turns: 0 };
  });
  await reassignReopened(chat, room);
  chat.desk?.nudge(key.admin);
  const texts = await chat.store.messagesBefore(key, undefined, 20, "text");
  const asked = texts.findLast(({ side }) => side === "visitor");
  void chat.push?.wake(room, asked?.content ?? "", wokenBy(chat, room));
}

/** Says that people take over, and when, if nobody is there; then a mail address is asked for, once. */
async function tellVisitor(
  chat: Chat,
  room: RoomRecord,
  speaker: Speaker,
  { text, seq, language }: HandOver & { seq: number; language?: string },
): Promise<void> {
  const settings = await chatbotOf(chat, room.admin), { bot } = settings, at = chat.now();
  const [visitor, { turn }] = await Promise.all([chat.store.visitor(room), turnOf(chat.store, room)]);
  const languages = [language, turn.language, visitor?.locale, settings.locale].filter((tag) => tag);
  const words = wordsIn(...languages);
  const isHere = isAvailable(settings, chat.audience.isAdminOnline(room.admin), new Date(at));
  if (isHere) return void await speaker.sayAs("handoff", text ?? (bot.handoff_text || words.handoff));
  const when = nextOpeningText(settings, at, { language: languages[0], time_zone: visitor?.time_zone });
  const back = when === undefined ? [] : [words.back.replace("{when}", when)];
  await speaker.sayAs("handoff", [text ?? (bot.alone_text || words.alone), ...back].join(" "));
  const hasMail = room.visitor?.email !== undefined || visitor?.contact?.email !== undefined;
  if (!bot.ask_email || hasMail || turn.askedEmail !== undefined && turn.askedEmail !== seq) return;
  await botTurns.update(
    chat.store,
    [room.admin, room.consumer],
    (now) => ({ ...(now ?? turn), askedEmail: seq }),
  );
  await speaker.sayAs("email", words.email);
}
