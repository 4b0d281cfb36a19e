import type { Message } from "../../protocol/records.ts";
import type { Episode } from "../../db/collections/episodes.ts";
import { type BusinessTime, workingMs } from "../time/business_time.ts";

/** An agent who opens a room this soon after it was resolved undoes that. Milliseconds. */
export const undoMs = 60_000;

/** The room of the messages. `id`: its own, part of the names of its episodes. */
export interface EpisodeRoom {
  id: string;
  admin: string;
  consumer: string;
}

/**
 * Counts further messages of a room, in their order: `last` is its newest episode, which has counted all before them.
 * Returns that episode, if it changed, and those that began since; the arguments stay as they are.
 */
export function countMessages(
  room: EpisodeRoom,
  last: Episode | undefined,
  messages: readonly Message[],
  time: BusinessTime,
): Episode[] {
  const all: Episode[] = [];
  let now = last;
  for (const message of messages) {
    const next = counted(room, now, message, time);
    if (!next) continue;
    if (next.from === all.at(-1)?.from) all[all.length - 1] = next;
    else all.push(next);
    now = next;
  }
  return all;
}

/** The newest episode after this message; undefined while there is none. */
function counted(room: EpisodeRoom, now: Episode | undefined, message: Message, time: BusinessTime) {
  const at = Date.parse(message.created), { seq } = message;
  const isOver = now?.resolved !== undefined;
  if (message.kind === "text") {
    if (message.side === "visitor") return written(now && !isOver ? now : begun(room, seq, at), message, at);
    if (now && isOver) return { ...now, upTo: seq };
    return answered(now ?? begun(room, seq, at), message, at, time);
  }
  if (message.kind !== "status" || !now) return now && { ...now, upTo: seq };
  if (message.content === "resolved") {
    return isOver ? { ...now, upTo: seq } : resolved(now, message, at, time);
  }
  return moved(isOver ? reopened(room, now, seq, at) : now, message, at);
}

function begun({ id, admin, consumer }: EpisodeRoom, seq: number, opened: number): Episode {
  return {
    ...{ workspace: admin, consumer, id: `${id}.${seq}`, from: seq, upTo: seq, opened },
    ...{ status: "open", texts: { visitor: 0, agents: 0, bot: 0 } },
  };
}

function written(now: Episode, { seq }: Message, at: number): Episode {
  const texts = { ...now.texts, visitor: now.texts.visitor + 1 };
  const waitingSince = now.waitingSince ?? (now.status === "bot" ? undefined : at);
  return { ...now, upTo: seq, texts, ...(waitingSince !== undefined && { waitingSince }) };
}

function answered(now: Episode, { seq, by }: Message, at: number, time: BusinessTime): Episode {
  const { waitingSince, ...rest } = now;
  // It writes in its own conversations alone, and no message tells that one became so.
  if (by === "bot") {
    return { ...rest, upTo: seq, status: "bot", texts: { ...now.texts, bot: now.texts.bot + 1 } };
  }
  const next: Episode = { ...rest, upTo: seq, texts: { ...now.texts, agents: now.texts.agents + 1 } };
  next.answeredBy ??= by?.id ?? "";
  // An agent who writes takes the conversation over from the bot.
  if (now.status === "bot" && !now.handedOff) next.handedOff = { at };
  next.status = "open";
  if (waitingSince === undefined) return next;
  const wait = between(waitingSince, at, time), { count, seconds, working } = now.waits ?? noWaits;
  next.waits = { count: count + 1, seconds: seconds + wait.seconds, working: working + wait.working };
  next.firstReply ??= { at, ...wait };
  return next;
}

const noWaits = { count: 0, seconds: 0, working: 0 };

function resolved(now: Episode, { seq, by, extra }: Message, at: number, time: BusinessTime): Episode {
  const next: Episode = { ...now, upTo: seq, status: "resolved" };
  next.resolved = { at, by: by === "bot" ? by : by?.id ?? "", ...between(now.opened, at, time) };
  if (extra?.type === "rating") next.asked = true;
  return next;
}

/** The same episode if the resolve was undone, else the next. */
function reopened(room: EpisodeRoom, now: Episode, seq: number, at: number): Episode {
  const { resolved, ...rest } = now;
  return at - resolved!.at <= undoMs ? { ...rest, status: "open" } : begun(room, seq, at);
}

/** A change of the status to anything but resolved. */
function moved(now: Episode, { seq, content, by }: Message, at: number): Episode {
  const status = content as Episode["status"], { waitingSince, ...rest } = now;
  if (status === "bot") return { ...rest, upTo: seq, status };
  const next: Episode = { ...now, upTo: seq, status };
  if (by !== "bot" && now.status !== "bot") return next;
  next.handedOff ??= { at };
  if (by === "bot") next.waitingSince = at;
  else if (waitingSince === undefined && now.texts.visitor > 0) next.waitingSince = at;
  return next;
}

/** A clock that was set back makes no negative spans. */
function between(from: number, to: number, time: BusinessTime) {
  if (to <= from) return { seconds: 0, working: 0 };
  return {
    seconds: Math.round((to - from) / 1_000),
    working: Math.round(workingMs(time, from, to) / 1_000),
  };
}
