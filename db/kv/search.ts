import { excerptOf } from "../search_phrases.ts";
import type { SearchPage, SearchQuery, SearchStore } from "../search_store.ts";
import { type StoredMessage, wireMessage } from "../stored_message.ts";
import type { RoomKey, RoomRecord } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { findAlias } from "./room_batch.ts";
import { findRoom } from "./rooms.ts";
import type { WordPlace } from "./word_index.ts";

/** Word positions that one page of a search scans, and messages read concurrently. */
const mostPlaces = 1_000, readAtOnce = 10;
/** Time limit of one search. Milliseconds. */
const searchMs = 1_000;

/** A message that contains the words, and the versionstamp of its commit. */
interface Candidate extends Omit<WordPlace, "seqs"> {
  stamp: string;
  seq: number;
}

/**
 * Search over a bounded index: of each room the newest 500 messages, of each message the first 20 distinct
 * words. Everything else is not found. A prefix as the only term matches at most 1,000 positions.
 */
export function search(engine: Engine): SearchStore {
  return { searchMessages: (admin, asked) => searchMessages(engine, admin, asked) };
}

async function searchMessages(engine: Engine, admin: string, asked: SearchQuery): Promise<SearchPage> {
  if (asked.phrases.length === 0) return { found: [], complete: true };
  const { candidates, floor, complete } = await candidatesFor(engine, admin, asked);
  const found: (SearchPage["found"][number] & { candidate: Candidate })[] = [];
  const deadline = performance.now() + searchMs;
  for (let i = 0; i < candidates.length && found.length <= asked.limit; i += readAtOnce) {
    if (i > 0 && performance.now() > deadline) {
      const next = placeOf(candidates[i - 1]!);
      return { found: found.map(({ candidate: _, ...one }) => one), complete, cursor: next };
    }
    found.push(...await verified(engine, admin, { asked, candidates: candidates.slice(i, i + readAtOnce) }));
  }
  const page = found.slice(0, asked.limit).map(({ candidate: _, ...one }) => one);
  const last = found.length > asked.limit ? placeOf(found[asked.limit - 1]!.candidate) : floor;
  return { found: page, complete, ...(last !== undefined && { cursor: last }) };
}

/** Messages that may contain the phrases, newest first. */
interface Candidates {
  candidates: Candidate[];
  /** Where the next page continues, if a word has more positions than were scanned. */
  floor?: string;
  /** False if there are more positions than were scanned and they are not ordered by time. */
  complete: boolean;
}

async function candidatesFor(
  engine: Engine,
  admin: string,
  { phrases, cursor }: SearchQuery,
): Promise<Candidates> {
  const before = /^[0-9a-f]{20}\.\d{15}$/.test(cursor ?? "") ? cursor : undefined;
  const words = phrases.flatMap(({ words, isPrefix }) => isPrefix ? words.slice(0, -1) : words);
  const all = words.length > 0
    ? await ofWords(engine, { admin, words: [...new Set(words)], before })
    : await ofBeginning(engine, admin, phrases[0]!.words[0]!);
  const candidates = all.candidates.filter((one) => before === undefined || placeOf(one) < before);
  return { ...all, candidates: candidates.sort((a, b) => placeOf(a) < placeOf(b) ? 1 : -1) };
}

/** Messages that contain all of these words. */
async function ofWords(
  engine: Engine,
  { admin, words, before }: { admin: string; words: string[]; before: string | undefined },
): Promise<Candidates> {
  const lists = await Promise.all(words.map((word) => {
    const prefix = keys.wordAt(admin, word);
    const selector = before === undefined ? { prefix } : { prefix, end: [...prefix, stampOf(before) + "."] };
    return engine.list<WordPlace>(selector, { limit: mostPlaces, reverse: true });
  }));
  // For a word with more positions, only those newer than the last one scanned are known.
  const cut = lists.filter((list) => list.length === mostPlaces).map((list) =>
    list.at(-1)!.key.at(-1) as string
  );
  const floor = cut.sort().at(-1);
  const [first = [], ...others] = lists.map((list) => list.flatMap(candidatesAt));
  const sets = others.map((list) => new Set(list.map(placeOf)));
  const candidates = first.filter((one) =>
    (floor === undefined || one.stamp >= floor) && sets.every((set) => set.has(placeOf(one)))
  );
  return {
    candidates,
    complete: true,
    ...(floor !== undefined && { floor: placeOf({ stamp: floor, seq: 0 }) }),
  };
}

/** Messages with a word that starts with `beginning`. Positions are ordered by word, not by time. */
async function ofBeginning(engine: Engine, admin: string, beginning: string): Promise<Candidates> {
  const selector = {
    start: keys.wordAt(admin, beginning),
    end: keys.wordAt(admin, beginning + "\u{10ffff}"),
  };
  const places = await engine.list<WordPlace>(selector, { limit: mostPlaces });
  const candidates = new Map(places.flatMap(candidatesAt).map((one) => [placeOf(one), one]));
  return { candidates: [...candidates.values()], complete: places.length < mostPlaces };
}

function candidatesAt({ key, value: { seqs, ...place } }: Deno.KvEntry<WordPlace>): Candidate[] {
  return seqs.map((seq) => ({ ...place, seq, stamp: key.at(-1) as string }));
}

const stampOf = (place: string) => place.slice(0, 20);
/** Sortable string of a position. */
const placeOf = ({ stamp, seq }: Pick<Candidate, "stamp" | "seq">) =>
  `${stamp}.${String(seq).padStart(15, "0")}`;

/** Reads the candidates; keeps those whose room still exists and whose text contains the phrases. */
async function verified(
  engine: Engine,
  admin: string,
  { asked, candidates }: { asked: SearchQuery; candidates: Candidate[] },
) {
  const [rooms, messages] = await Promise.all([
    engine.getMany<RoomRecord>(candidates.map(({ consumer }) => keys.room(admin, consumer))),
    engine.getMany<StoredMessage>(candidates.map(({ room, seq }) => keys.message(room, seq))),
  ]);
  const now = await Promise.all(
    candidates.map(({ room, consumer }, i) =>
      rooms[i]!.value?.id === room || !messages[i]!.value
        ? rooms[i]!.value
        : renamed(engine, { admin, consumer })
    ),
  );
  return candidates.flatMap((candidate, i) => {
    const room = now[i], stored = messages[i]!.value;
    // Messages beyond the head are being moved to the room.
    if (room?.id !== candidate.room || !stored || stored.seq > room.head) return [];
    const excerpt = excerptOf(stored.content, asked.phrases);
    return excerpt ? [{ candidate, room, message: wireMessage(room, stored), excerpt }] : [];
  });
}

/** The room of a message that was indexed under a former consumer id. */
async function renamed(engine: Engine, { admin, consumer }: RoomKey): Promise<RoomRecord | undefined> {
  for (let at = consumer, alias;; at = alias.into) {
    alias = (await findAlias(engine, { admin, consumer: at })).value;
    if (!alias) return at === consumer ? undefined : await findRoom(engine, { admin, consumer: at });
  }
}
