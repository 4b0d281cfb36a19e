import type { RoomRecord } from "../room.ts";
import { type Attempt, editsAsked } from "../room_write.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Change, Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { wordKeys, type WordPlace } from "./word_index.ts";

type Entry = Deno.KvEntry<StoredMessage>;

/** Messages that edits of a batch may change, and the index entries of their words. */
export class EditableMessages {
  readonly bySeq: Map<number, StoredMessage>;

  private constructor(
    readonly room: RoomRecord,
    readonly entries: Map<number, Entry>,
    readonly words: Deno.KvEntry<WordPlace>[],
  ) {
    this.bySeq = new Map([...entries].map(([seq, { value }]) => [seq, value]));
  }

  /**
   * Undefined if the batch contains no edit. The caller's commit must check the room's entry: each edit changes
   * that entry.
   */
  static async find(
    engine: Engine,
    room: RoomRecord | undefined,
    batch: Attempt[],
  ): Promise<EditableMessages | undefined> {
    const asked = editsAsked(batch);
    if (!room || asked.length === 0) return undefined;
    const texts = await read(engine, room, asked);
    const earlier = await read(engine, room, texts.flatMap(({ value }) => value.details?.edited ?? []));
    const words = await engine.getMany<WordPlace>(texts.flatMap((entry) => wordKeys(room.admin, entry)));
    const entries = new Map([...texts, ...earlier].map((entry) => [entry.value.seq, entry]));
    return new EditableMessages(room, entries, words.filter((entry) => entry.value !== null));
  }

  /** Removes the words of changed messages. Messages of one commit share the entries of common words. */
  wordsWithout(changed: StoredMessage[]): Required<Pick<Change, "sets" | "deletes">> {
    const stamps = new Map(changed.map(({ seq }) => [seq, this.entries.get(seq)?.versionstamp]));
    const change: Required<Pick<Change, "sets" | "deletes">> = { sets: [], deletes: [] };
    for (const { key, value } of this.words) {
      const seqs = value.seqs.filter((seq) => stamps.get(seq) !== key.at(-1));
      if (seqs.length === 0) change.deletes.push(key);
      else if (seqs.length < value.seqs.length) change.sets.push({ key, value: { ...value, seqs } });
    }
    return change;
  }
}

async function read(engine: Engine, room: RoomRecord, seqs: number[]): Promise<Entry[]> {
  const wanted = [...new Set(seqs)].filter((seq) => seq <= room.head);
  const found = await engine.getMany<StoredMessage>(wanted.map((seq) => keys.message(room.id, seq)));
  return found.filter((entry): entry is Entry => entry.value !== null);
}
