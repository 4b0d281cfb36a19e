import { maxMessagesPerPage, maxPageBytes } from "../../protocol/limits.ts";
import { type Episode, episodes, episodesOf } from "../../db/collections/episodes.ts";
import { nameOf } from "../../db/room_key.ts";
import type { RoomKey, RoomRecord } from "../../db/store.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import type { Chat } from "../chat.ts";
import { UnknownAdmin } from "../errors.ts";
import { withKeyedLock } from "../keyed_lock.ts";
import { businessTime } from "../time/business_time.ts";
import { countMessages } from "./episode.ts";

type Stored = Pick<Chat, "store">;

/**
 * Counts what was written to a room since it was last counted, and stores its episodes. Repeating it, here or in another
 * process, changes nothing: an episode's key and content follow from the room's messages. Returns the newest episode.
 * @throws {Unavailable}
 */
export function countRoom(chat: Stored, key: RoomKey): Promise<Episode | undefined> {
  return withKeyedLock(chat.store, `episodes ${nameOf(key)}`, () => counted(chat, key));
}

async function counted(chat: Stored, key: RoomKey): Promise<Episode | undefined> {
  const { store } = chat;
  const [room, last] = await Promise.all([store.room(key), newestOf(chat, key)]);
  if (!room) return undefined;
  if (last && last.upTo > room.head) {
    // The room was deleted and created anew, and these were stored in between.
    await episodes.eraseUnder(store, [key.admin, key.consumer]);
    return await counted(chat, key);
  }
  const newest = await readOn(chat, room, last);
  if (!newest) return undefined;
  const found = withDesk(newest, room, last?.resolved !== undefined && last.id === newest.id);
  await storeEpisode(chat, found);
  // Whoever erased the room meanwhile did not see what was stored after it.
  if (!await store.room(key)) await episodes.eraseUnder(store, [key.admin, key.consumer]);
  return found;
}

async function newestOf({ store }: Stored, key: RoomKey): Promise<Episode | undefined> {
  return (await episodesOf(store, key, 1))[0];
}

/** Counts the rest of the room's messages; stores all episodes but the newest, which it returns. */
async function readOn(
  chat: Stored,
  room: RoomRecord,
  last: Episode | undefined,
): Promise<Episode | undefined> {
  let newest = last, after = last?.upTo ?? 0;
  if (after >= room.head) return newest;
  const time = await timeOf(chat, room.admin);
  while (time && after < room.head) {
    const page = await chat.store.messagesAfter(room, after, maxMessagesPerPage, maxPageBytes);
    if (page.length === 0) return newest;
    after = page.at(-1)!.seq;
    for (const one of countMessages(room, newest, page, time)) {
      if (newest && newest.from !== one.from) {
        await storeEpisode(chat, withDesk(newest, room, newest === last));
      }
      newest = one;
    }
  }
  return newest;
}

/** Undefined: the account is gone. */
async function timeOf(chat: Stored, workspace: string) {
  try {
    return businessTime(await chatbotOf(chat, workspace));
  } catch (error) {
    if (error instanceof UnknownAdmin) return undefined;
    throw error;
  }
}

/** With what the room's desk says. Once resolved only labels follow it: an assignee is the next episode's. */
function withDesk(episode: Episode, { assignee, team, labels }: RoomRecord, wasResolved: boolean): Episode {
  const { labels: _, ...rest } = episode;
  const next: Episode = { ...rest, ...(labels?.length && { labels }) };
  if (wasResolved) return next;
  delete next.assignee;
  delete next.team;
  return { ...next, ...(assignee !== undefined && { assignee }), ...(team !== undefined && { team }) };
}

/** Another process may have counted further, and the visitor may have rated it. */
async function storeEpisode({ store }: Stored, episode: Episode): Promise<void> {
  await episodes.update(store, episodes.nameOf(episode).key, (now) => {
    if (now && now.upTo > episode.upTo) return undefined;
    if (now && now.upTo === episode.upTo && deskOf(now) === deskOf(episode)) return undefined;
    return now?.rating ? { ...episode, rating: now.rating } : episode;
  });
}

const deskOf = ({ assignee, team, labels }: Episode) => JSON.stringify([assignee, team, labels]);
