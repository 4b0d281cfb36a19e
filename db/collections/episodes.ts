import { Collection, type RecordStore, stored } from "../collection.ts";
import { type RecordKey, type RecordPage, timePart } from "../records.ts";
import type { RoomKey } from "../room.ts";

/** A visitor's rating of an episode. */
export interface Rating {
  score: number;
  comment?: string;
  /** When it was given, and last changed. Milliseconds since 1970. */
  first: number;
  at: number;
}

/**
 * A room from opened until resolved, derived from its messages. Instants are milliseconds since 1970, durations whole
 * seconds; `working` ones are within business hours.
 */
export interface Episode {
  workspace: string;
  consumer: string;
  /** `<room id>.<seq of its first message>`: the name under which a visitor rates it. */
  id: string;
  /** seq of its first message. */
  from: number;
  /** Messages up to this seq are counted in it. */
  upTo: number;
  opened: number;
  status: "open" | "bot" | "waiting" | "resolved";
  /** Since when the visitor has waited for a person, or had when it was resolved. */
  waitingSince?: number;
  /** Texts written in it, by who wrote them. */
  texts: { visitor: number; agents: number; bot: number };
  /** Agent id of whoever was the first person to write; empty: the account itself. */
  answeredBy?: string;
  /** The first text of a person that the visitor waited for, and how long it waited. */
  firstReply?: { at: number; seconds: number; working: number };
  /** Sum of the waits that a person ended, and their number. */
  waits?: { count: number; seconds: number; working: number };
  /** When the bot handed it to people, and why. */
  handedOff?: { at: number; reason?: string };
  /** `by`: agent id, "bot", or empty for the account itself. */
  resolved?: { at: number; by: string; seconds: number; working: number };
  /** The visitor was asked for a rating. */
  asked?: true;
  rating?: Rating;
  /** As the room had them when it was resolved, or last changed until then. */
  assignee?: string;
  team?: string;
  labels?: string[];
}

const seqPart = (seq: number) => String(seq).padStart(12, "0");
const byRoom = "byRoom";

/** Ordered by time, since reports read a span of it; `byRoom`: the episodes of a visitor, oldest first. */
export const episodes = new Collection<Episode, typeof byRoom>({
  name: "episodes",
  schema: stored(),
  key: ({ workspace, consumer, opened, from }) => [workspace, timePart(opened), consumer, seqPart(from)],
  indexes: { [byRoom]: { key: ({ workspace, consumer, from }) => [workspace, consumer, seqPart(from)] } },
  room: byRoom,
});

/** A page of a visitor's episodes, newest first. */
export async function episodesOf(store: RecordStore, { admin, consumer }: RoomKey, limit: number) {
  const name = episodes.indexName(byRoom);
  const found = await store.records.list(name, [admin, consumer], { limit, reverse: true });
  const all = await episodes.getMany(store, found.map(({ value }) => value as RecordKey));
  return all.filter((one) => one !== undefined);
}

/** Episodes read at once. */
const atOnce = 100;

/** The episodes of a visitor that it has rated, oldest first. */
export async function* ratedEpisodesOf(store: RecordStore, { admin, consumer }: RoomKey) {
  const name = episodes.indexName(byRoom);
  for (let after: RecordKey | undefined, isMore = true; isMore;) {
    const found = await store.records.list(name, [admin, consumer], { after, limit: atOnce });
    const all = await episodes.getMany(store, found.map(({ value }) => value as RecordKey));
    for (const one of all) if (one?.rating) yield { ...one, rating: one.rating };
    after = found.at(-1)?.key;
    isMore = found.length === atOnce;
  }
}

/** A page of a workspace's episodes, ordered by when they were opened, from an instant on. `after`: the one before. */
export function episodesSince(
  store: RecordStore,
  workspace: string,
  from: number | Episode,
  limit: number,
): Promise<Episode[]> {
  const after = typeof from === "number" ? [workspace, timePart(from)] : episodes.nameOf(from).key;
  const page: RecordPage = { after, limit };
  return episodes.list(store, [workspace], page);
}

/** Messages written before `upTo` (milliseconds since 1970) are counted in a workspace's episodes. */
export const episodeMarks = new Collection<{ workspace: string; upTo: number }>({
  name: "episode_marks",
  schema: stored(),
  key: ({ workspace }) => [workspace],
});
