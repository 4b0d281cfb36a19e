import type { StoredMessage } from "../stored_message.ts";
import { wordsOf } from "../search_words.ts";
import type { Change, Engine } from "./engine.ts";
import { keys } from "./keys.ts";

/** Messages of a room that a search finds, the newest, and different words of each, the first. */
export const searchedMessages = 500;
const searchedWords = 20;
/** Messages between two clearings of what is older, and how far back one goes. */
const clearEvery = 100, clearBack = 200;
/** Messages that one change may hold: they share the entries of their common words. */
const mostTogether = 40;

/** Where a word stands: messages of one room and one commit. */
export interface WordPlace {
  room: string;
  consumer: string;
  seqs: number[];
}

type Owner = { id: string; admin: string; consumer: string };

/** The words of a message that it is found by. */
function indexedWords({ kind, content }: StoredMessage): string[] {
  return kind === "text" ? [...new Set(wordsOf(content))].slice(0, searchedWords) : [];
}

/** The entries that make messages of one commit findable. Under the commit's own time, they are in the order of the commits. */
export function wordEntries(
  engine: Engine,
  { id, admin, consumer }: Owner,
  stored: StoredMessage[],
): Change["sets"] {
  const seqs = new Map<string, number[]>();
  for (const message of stored) {
    for (const word of indexedWords(message)) seqs.set(word, [...seqs.get(word) ?? [], message.seq]);
  }
  return [...seqs].map(([word, seqs]) => ({
    key: [...keys.wordAt(admin, word), engine.kv.commitVersionstamp() as unknown as Deno.KvKeyPart],
    value: { room: id, consumer, seqs } satisfies WordPlace,
  }));
}

/** The keys under which a message that was read is found. */
export function wordKeys(admin: string, { value, versionstamp }: Deno.KvEntry<StoredMessage>): Deno.KvKey[] {
  return indexedWords(value).map((word) => [...keys.wordAt(admin, word), versionstamp]);
}

/** Takes messages out that have become too old to be found, now and then. */
export async function clearOldWords(
  engine: Engine,
  room: Owner,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const newest = to - searchedMessages - mostTogether;
  if (newest <= 0 || Math.floor(from / clearEvery) === Math.floor(to / clearEvery)) return;
  const old = await engine.list<StoredMessage>(
    { start: keys.message(room.id, Math.max(1, newest - clearBack)), end: keys.message(room.id, newest) },
    { limit: clearBack },
  );
  await engine.remove(old.flatMap((entry) => wordKeys(room.admin, entry)));
}
