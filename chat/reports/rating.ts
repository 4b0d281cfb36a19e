import type { MessageExtra } from "../../protocol/records.ts";
import { type Episode, episodes, episodesOf, type Rating } from "../../db/collections/episodes.ts";
import type { RoomKey } from "../../db/store.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import type { Chat } from "../chat.ts";
import { Forbidden, InvalidInput } from "../errors.ts";
import { chargeMessage } from "../limits/charges.ts";
import { addEntry } from "../staff/staff_log.ts";
import { roomOf, type Who } from "../who.ts";
import { countRoom } from "./count_room.ts";

/** Time in which a rating can be changed. Milliseconds. */
export const changeableMs = 86_400_000;
/** The newest episodes of a room, of which one can be rated. */
const ratable = 20;

/**
 * The question for a rating that resolving a room now carries: once an episode, if a person has answered in it. `ask`: what
 * the agent wants.
 */
export async function ratingQuestion(
  chat: Chat,
  key: RoomKey,
  ask = true,
): Promise<MessageExtra | undefined> {
  if (!ask || (await chatbotOf(chat, key.admin)).rating === "off") return undefined;
  const episode = await countRoom(chat, key);
  const isAsked = episode && !episode.resolved && episode.texts.agents > 0 && !episode.rating;
  return isAsked ? { type: "rating", episode: episode.id } : undefined;
}

export interface Rated {
  episode: string;
  score: number;
  comment?: string;
}

/**
 * Stores a visitor's rating of an episode that it was asked about, or changes it within a day. Returns until when it can be
 * changed. Milliseconds since 1970.
 * @throws {Forbidden | InvalidInput | RateLimited | Unavailable}
 */
export async function rateEpisode(chat: Chat, who: Who, asked: Rated): Promise<{ until: number }> {
  if (who.kind !== "visitor") throw new Forbidden("Only the visitor may rate a conversation");
  const key = roomOf(who);
  chargeMessage(chat, who, key);
  const found = await askedEpisode(chat, key, asked.episode);
  if (!found) throw new InvalidInput({ episode: "no rating of it was asked for" });
  const { rating, before } = await storeRating(chat, found, asked);
  if (before?.score !== rating.score || before.comment !== rating.comment) {
    await tellRating(chat, key, { ...found, rating }, before);
  }
  return { until: rating.first + changeableMs };
}

/** The room is counted once more if the process that resolved it ended before that. */
async function askedEpisode(chat: Chat, key: RoomKey, id: string): Promise<Episode | undefined> {
  const find = async () =>
    (await episodesOf(chat.store, key, ratable)).find((one) => one.id === id && one.asked);
  const known = await find();
  if (known) return known;
  await countRoom(chat, key);
  return await find();
}

async function storeRating(chat: Chat, episode: Episode, { score, comment = "" }: Rated) {
  const at = chat.now(), text = comment.trim();
  let rating: Rating | undefined;
  const before = await episodes.update(chat.store, episodes.nameOf(episode).key, (now) => {
    const first = now?.rating?.first ?? at;
    if (at > first + changeableMs) throw new Forbidden("This rating cannot be changed any more");
    rating = { score, ...(text !== "" && { comment: text }), first, at };
    return now && { ...now, rating };
  });
  if (!before) throw new InvalidInput({ episode: "no rating of it was asked for" });
  return { rating: rating!, before: before.rating };
}

/** Ratings that the assignee and who manages are told of. */
const lowest = 2;

async function tellRating(chat: Chat, key: RoomKey, { id, rating, assignee }: Episode, before?: Rating) {
  const { score, comment } = rating!;
  const detail = {
    ...{ episode: id, score },
    ...(comment !== undefined && { comment }),
    ...(before && { again: true }),
  };
  const { entry } = await addEntry(chat, key, { kind: "rated", detail });
  if (score > lowest || (before && before.score <= lowest)) return;
  chat.desk?.ratedLow(key, { episode: id, score, entry: entry.n, assignee });
}
