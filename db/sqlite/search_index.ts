import { DatabaseSync } from "node:sqlite";
import { findPhrases } from "../search_phrases.ts";
import type { Phrase } from "../search_store.ts";
import { wordsOf } from "../search_words.ts";
import { openSearchFile, removeSearchFile } from "./search_file.ts";
import type { FoundRow, SearchAnswer, SearchRequest } from "./search_wire.ts";
import { rollBack } from "./roll_back.ts";

/** Messages that one step of the index takes in: some 3 ms, for which a search and the sends may have to wait. */
const messagesAtOnce = 100;
/** Messages beyond the index that a search reads itself. */
const mostUnread = 5_000;

type Asked = Extract<SearchRequest, { type: "search" }>;

const columns = "m.key, r.consumer, m.seq, m.side, m.kind, m.created, m.content, m.client_id";

/**
 * The index of an SQLite store's texts, behind its writes. The watermark is the key of the last message it has seen:
 * it grows in the transaction that takes the message in, so a crash leaves neither a gap nor a double.
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

  /** Takes in some of what it has not seen; answers whether there is more. */
  step(): boolean {
    const rows = this.#messages.prepare(`
      SELECT m.key, m.kind, m.content, r.admin FROM messages m LEFT JOIN rooms r ON r.key = m.room
      WHERE m.key > ? ORDER BY m.key LIMIT ${messagesAtOnce}`).all(this.#watermark) as {
      key: number;
      kind: number;
      content: string;
      admin: string | null;
    }[];
    const last = rows.at(-1)?.key;
    if (last === undefined) return false;
    const insert = this.#index.prepare("INSERT INTO found (rowid, owner, words) VALUES (?, ?, ?)");
    this.#change(() => {
      for (const { key, kind, content, admin } of rows) {
        // A message of a room that is gone is on its way out.
        if (admin !== null && kind === 0) insert.run(key, ownerWord(admin), wordsOf(content).join(" "));
      }
      this.#index.prepare("UPDATE meta SET value = ? WHERE name = 'watermark'").run(String(last));
    });
    this.#watermark = last;
    return rows.length === messagesAtOnce;
  }

  search(asked: Asked): SearchAnswer {
    const { unread, complete } = this.#unread(asked);
    const wanted = asked.limit + 1 - unread.length;
    const keys = wanted > 0 ? this.#indexed(asked, wanted) : [];
    const rows = [...unread, ...this.#rowsOf(asked.admin, keys)];
    const looked = [...unread.map(({ key }) => key), ...keys];
    if (looked.length <= asked.limit) return { rows, complete };
    const last = looked[asked.limit - 1]!;
    return { rows: rows.filter(({ key }) => key >= last), before: last, complete };
  }

  /** Takes rooms out. Their messages are still in the database. */
  forget(rooms: number[]): void {
    const keys = this.#messages.prepare("SELECT key FROM messages WHERE room = ?");
    const drop = this.#index.prepare("DELETE FROM found WHERE rowid = ?");
    this.#change(() => {
      for (const room of rooms) for (const { key } of keys.all(room)) drop.run(key as number);
    });
  }

  /** Begins again with an empty index. */
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

  /** The highest key that was ever given. */
  #lastKey(): number {
    return this.#messages.prepare(`SELECT max(
      coalesce((SELECT max(key) FROM messages), 0),
      coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'message_key'), 0)) AS last`).get()!
      .last as number;
  }

  /** What has been written since the last step. */
  #unread({ admin, phrases, before, limit }: Asked): { unread: FoundRow[]; complete: boolean } {
    const last = this.#lastKey();
    const from = Math.max(this.#watermark, last - mostUnread);
    // CROSS: by the few messages, never by all rooms of the admin.
    const rows = this.#messages.prepare(`
      SELECT ${columns} FROM messages m CROSS JOIN rooms r ON r.key = m.room
      WHERE m.key > ? AND m.key < ? AND m.kind = 0 AND r.admin = ? ORDER BY m.key DESC`)
      .all(from, before, admin) as unknown as FoundRow[];
    const unread = rows.filter(({ content }) => findPhrases(content, phrases)).slice(0, limit + 1);
    return { unread, complete: from === this.#watermark };
  }

  #indexed({ admin, phrases, before }: Asked, limit: number): number[] {
    const found = this.#index.prepare(
      "SELECT rowid AS key FROM found WHERE found MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
    );
    return found.all(expression(admin, phrases), before, limit).map(({ key }) => key as number);
  }

  #rowsOf(admin: string, keys: number[]): FoundRow[] {
    const find = this.#messages.prepare(`
      SELECT ${columns} FROM messages m JOIN rooms r ON r.key = m.room WHERE m.key = ? AND r.admin = ?`);
    return keys.map((key) => find.get(key, admin) as FoundRow | undefined).filter((row) => row !== undefined);
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

/** A username as one word of the index, whatever characters it has. */
function ownerWord(admin: string): string {
  return new TextEncoder().encode(admin).toHex();
}

/** Folded words hold letters, digits and marks alone, so that none of them is an operator or a quote. */
function expression(admin: string, phrases: Phrase[]): string {
  const terms = phrases.map(({ words, isPrefix }) => `words : "${words.join(" ")}"${isPrefix ? " *" : ""}`);
  return [`owner : "${ownerWord(admin)}"`, ...terms].join(" AND ");
}
