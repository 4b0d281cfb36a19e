import { DatabaseSync } from "node:sqlite";
import { excerptOf } from "../search_phrases.ts";
import type { Phrase } from "../search_phrases.ts";
import { wordsOf } from "../search_words.ts";
import { openSearchFile, removeSearchFile } from "./search_file.ts";
import type { FoundRow, SearchAnswer, SearchRequest } from "./search_wire.ts";
import { rollBack } from "./roll_back.ts";

/**
 * Messages and characters per indexing step: about 3 ms, or 20 ms for long texts in scripts where each
 * character is a word. Searches and writes may wait that long.
 */
const messagesAtOnce = 100, charactersAtOnce = 16 * 1024;
/** Messages not yet indexed that a search scans itself, and how many per read. */
const mostUnread = 5_000, unreadAtOnce = 50;
/**
 * Time limit of one search, checked between small steps: other searches wait for the thread. Milliseconds.
 */
const searchMs = 400;
/**
 * Number of messages in the first window of the index that a search reads, newest first. Each further window
 * is four times as large, up to the last.
 */
const firstWindow = 20_000, lastWindow = 1_280_000;

interface Unread {
  rows: FoundRow[];
  next?: number;
  complete: boolean;
}

interface UnseenRow {
  key: number;
  room: number;
  kind: number;
  content: string;
  admin: string | null;
}

type Asked = Extract<SearchRequest, { type: "search" }>;

const columns = "m.key, r.consumer, m.seq, m.side, m.kind, m.created, m.content, m.client_id, m.details";

/**
 * Full-text index of an SQLite store, updated after the commits. The watermark is the key of the last indexed
 * message. It is updated in the same transaction as the index, so a crash causes neither gaps nor duplicates.
 */
export class SearchIndex {
  #messages: DatabaseSync;
  #path: string;
  #index!: DatabaseSync;
  #watermark = 0;

  constructor(databasePath: string, path: string) {
    this.#messages = new DatabaseSync(databasePath, { readOnly: true, timeout: 1_000 });
    this.#path = path;
    this.#open();
  }

  /** Indexes the next messages; returns whether there are more. */
  step(): boolean {
    const rows = this.#nextRows(), last = rows.at(-1)?.key;
    if (last === undefined) return false;
    const insert = this.#index.prepare("INSERT INTO found (rowid, owner, words) VALUES (?, ?, ?)");
    const own = this.#index.prepare("INSERT OR IGNORE INTO owners VALUES (?, ?)");
    this.#change(() => {
      for (const { key, room, kind, content, admin } of rows) {
        // A message without a room belongs to a pending deletion.
        if (admin === null || kind !== 0) continue;
        own.run(room, ownerWord(admin));
        insert.run(key, ownerWord(admin), wordsOf(content).join(" "));
      }
      this.#index.prepare("UPDATE meta SET value = ? WHERE name = 'watermark'").run(String(last));
    });
    this.#watermark = last;
    return last < this.#lastKey();
  }

  /** The oldest messages that are not indexed, as many as one step handles. */
  #nextRows(): UnseenRow[] {
    const lengths = this.#messages.prepare(
      `SELECT length(content) AS characters FROM messages WHERE key > ? ORDER BY key LIMIT ${messagesAtOnce}`,
    ).all(this.#watermark) as { characters: number }[];
    let count = 0;
    for (let all = 0; count < lengths.length && all < charactersAtOnce; count++) {
      all += lengths[count]!.characters;
    }
    return this.#messages.prepare(`
      SELECT m.key, m.room, m.kind, m.content, r.admin FROM messages m LEFT JOIN rooms r ON r.key = m.room
      WHERE m.key > ? ORDER BY m.key LIMIT ?`).all(this.#watermark, count) as unknown as UnseenRow[];
  }

  search(asked: Asked): SearchAnswer {
    const deadline = performance.now() + searchMs;
    const unread = this.#unread(asked, deadline);
    const rows = unread.rows;
    // The scan of newer messages timed out: finish them first, or the next page would skip the rest.
    if (unread.next !== undefined) return { rows, before: unread.next, complete: false };
    if (rows.length > asked.limit) return this.#page(rows, asked, unread.complete);
    const wanted = asked.limit + 1 - rows.length;
    const indexed = this.#indexed(asked, wanted, deadline);
    for (const key of indexed.keys) {
      const row = this.#rowOf(asked, key);
      if (row) rows.push(row);
      if (rows.length <= asked.limit && performance.now() > deadline) {
        return { rows, before: key, complete: unread.complete };
      }
    }
    if (rows.length > asked.limit) return this.#page(rows, asked, unread.complete);
    // Messages of deleted rooms were dropped, so a full batch means that there may be more.
    const next = indexed.keys.length === wanted ? indexed.keys.at(-1) : indexed.next;
    return { rows, complete: unread.complete, ...(next !== undefined && { before: next }) };
  }

  #page(rows: FoundRow[], { limit }: Asked, complete: boolean): SearchAnswer {
    const page = rows.slice(0, limit);
    return { rows: page, before: page.at(-1)!.key, complete };
  }

  /**
   * Removes rooms from the index. FTS5 needs the words to delete an entry, so the messages must still be in
   * the database.
   */
  forget(rooms: number[]): void {
    const ownerOf = this.#index.prepare("SELECT owner FROM owners WHERE room = ?");
    // NULL for rooms that were deleted by earlier versions.
    const adminOf = this.#messages.prepare("SELECT admin FROM doomed WHERE room = ?");
    const messages = this.#messages.prepare("SELECT key, content FROM messages WHERE room = ? AND kind = 0");
    const disown = this.#index.prepare("DELETE FROM owners WHERE room = ?");
    this.#remove((drop) => {
      for (const room of rooms) {
        const admin = adminOf.get(room)?.admin as string | null | undefined;
        const owner = admin != null ? ownerWord(admin) : ownerOf.get(room)?.owner as string | undefined;
        if (owner === undefined) continue;
        for (const { key, content } of messages.iterate(room) as Iterable<Record<string, unknown>>) {
          drop(key as number, owner, content as string);
        }
        disown.run(room);
      }
    });
  }

  /** Removes former texts of edited messages from the index. */
  replace(keys: number[]): void {
    const former = this.#messages.prepare("SELECT admin, content FROM replaced_texts WHERE key = ?");
    this.#remove((drop) => {
      for (const key of keys) {
        const text = former.get(key);
        if (text) drop(key, ownerWord(text.admin as string), text.content as string);
      }
    });
  }

  /** Runs `work`, which drops entries, in a transaction. */
  #remove(work: (drop: (key: number, owner: string, content: string) => void) => void): void {
    // Deleting an entry that is not in the index would corrupt it: FTS5 does not check what it is given.
    const isIndexed = this.#index.prepare("SELECT 1 FROM found_docsize WHERE id = ?");
    const drop = this.#index.prepare(
      "INSERT INTO found (found, rowid, owner, words) VALUES ('delete', ?, ?, ?)",
    );
    this.#change(() =>
      work((key, owner, content) => {
        if (isIndexed.get(key)) drop.run(key, owner, wordsOf(content).join(" "));
      })
    );
    // The WAL may still contain the old pages with the deleted words.
    this.#index.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** Replaces the index by an empty one. */
  rebuild(): void {
    this.#index.close();
    removeSearchFile(this.#path);
    this.#open();
  }

  close(): void {
    this.#index.close();
    this.#messages.close();
  }

  #open(): void {
    const epoch = this.#messages.prepare("SELECT value FROM meta WHERE name = 'epoch'").get()!
      .value as string;
    this.#index = openSearchFile(this.#path, epoch);
    this.#watermark = Number(
      this.#index.prepare("SELECT value FROM meta WHERE name = 'watermark'").get()!.value,
    );
    if (this.#watermark > this.#lastKey()) this.rebuild();
  }

  /** The highest key ever assigned. */
  #lastKey(): number {
    return this.#messages.prepare(`SELECT max(
      coalesce((SELECT max(key) FROM messages), 0),
      coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'message_key'), 0)) AS last`).get()!
      .last as number;
  }

  /** Scans messages that are not indexed yet; `next` is set if the time limit was reached first. */
  #unread({ admin, phrases, before, limit }: Asked, deadline: number): Unread {
    const last = this.#lastKey();
    const from = Math.max(this.#watermark, last - mostUnread);
    const complete = from === this.#watermark;
    // CROSS JOIN forces the order: the few messages first, never all rooms of the admin.
    const read = this.#messages.prepare(`
      SELECT ${columns} FROM messages m CROSS JOIN rooms r ON r.key = m.room
      WHERE m.key > ? AND m.key < ? AND m.kind = 0 AND r.admin = ? ORDER BY m.key DESC LIMIT ${unreadAtOnce}`);
    const rows: FoundRow[] = [];
    for (let until = before;;) {
      const some = read.all(from, until, admin) as unknown as Omit<FoundRow, "excerpt">[];
      for (const row of some) {
        until = row.key;
        const excerpt = excerptOf(row.content, phrases);
        if (excerpt) rows.push({ ...row, excerpt });
        if (rows.length > limit) return { rows, complete };
        if (performance.now() > deadline) return { rows, next: until, complete };
      }
      if (some.length < unreadAtOnce) return { rows, complete };
    }
  }

  /** The newest messages that contain the words; `next` is set if the time limit was reached first. */
  #indexed(
    { admin, phrases, before }: Asked,
    limit: number,
    deadline: number,
  ): { keys: number[]; next?: number } {
    const found = this.#index.prepare(
      "SELECT rowid AS key FROM found WHERE found MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
    );
    const words = expression(admin, phrases), keys: number[] = [];
    let end = Math.min(before, this.#watermark + 1);
    for (let window = firstWindow; end > 0; window = Math.min(4 * window, lastWindow)) {
      const start = Math.max(0, end - window);
      for (const { key } of found.all(words, start, end, limit - keys.length)) keys.push(key as number);
      if (keys.length === limit) break;
      end = start;
      if (end > 0 && performance.now() > deadline) return { keys, next: end };
    }
    return { keys };
  }

  #rowOf({ admin, phrases }: Asked, key: number): FoundRow | undefined {
    const row = this.#messages.prepare(`
      SELECT ${columns} FROM messages m JOIN rooms r ON r.key = m.room WHERE m.key = ? AND r.admin = ?`)
      .get(key, admin) as Omit<FoundRow, "excerpt"> | undefined;
    if (!row) return undefined;
    const { content } = row;
    const excerpt = excerptOf(content, phrases) ??
      { content: content.slice(0, 200).toWellFormed(), from: 0, of: content.length, marks: [] };
    return { ...row, excerpt };
  }

  #change(work: () => void): void {
    this.#index.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#index.exec("COMMIT");
    } catch (error) {
      rollBack(this.#index);
      throw error;
    }
  }
}

/** Hex-encodes a username, so that it is one word of the index for any characters. */
function ownerWord(admin: string): string {
  return new TextEncoder().encode(admin).toHex();
}

/** Words contain only letters, digits and marks, so none can be an FTS5 operator or a quote. */
function expression(admin: string, phrases: Phrase[]): string {
  const terms = phrases.map(({ words, isPrefix }) => `words : "${words.join(" ")}"${isPrefix ? " *" : ""}`);
  return [`owner : "${ownerWord(admin)}"`, ...terms].join(" AND ");
}
