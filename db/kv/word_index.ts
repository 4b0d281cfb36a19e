import type { StoredMessage } from "../stored_message.ts";
import { wordsOf } from "../search_words.ts";
import type { Change, Engine } from "./engine.ts";
import { keys } from "./keys.ts";

/** Indexed messages per room (the newest), and distinct words per message (the first). */
export const searchedMessages = 500;
const searchedWords = 20;
/** Messages between two cleanups of old words, and how far back a cleanup reaches. */
const clearEvery = 100, clearBack = 200;
/** Maximum messages per change: messages of one commit share the entries of common words. */
const mostTogether = 40;

/** An index entry of a word: messages of one room and one commit. */
export interface WordPlace {
  room: string;
  consumer: string;
  seqs: number[];
}

type Owner = { id: string; admin: string; consumer: string };

/** The indexed words of a message. */
function indexedWords({ kind, content }: StoredMessage): string[] {
  return kind === "text" ? [...new Set(wordsOf(content))].slice(0, searchedWords) : [];
}

/**
 * Index entries for the messages of one commit. Their keys end in the commit's versionstamp, so they are
 * sorted by commit.
 */
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

/** Keys of the index entries of a stored message. */
export function wordKeys(admin: string, { value, versionstamp }: Deno.KvEntry<StoredMessage>): Deno.KvKey[] {
  return indexedWords(value).map((word) => [...keys.wordAt(admin, word), versionstamp]);
}

/** Deletes the index entries of messages beyond the limit, once per `clearEvery` messages. */
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
