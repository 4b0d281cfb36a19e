import { DatabaseSync } from "node:sqlite";
import { fileSize } from "./file_size.ts";
import { searchPath } from "./search_file.ts";

/** Keys compared per step. */
const atOnce = 5_000;

/**
 * Compares the search index with the messages: texts that are not indexed, and entries without a message. A
 * missing index, or one of another epoch, is not a problem: it is rebuilt.
 */
export function missingFromSearch(db: DatabaseSync, path: string): string[] {
  const file = searchPath(path);
  if (fileSize(file) === undefined) return [];
  const index = new DatabaseSync(file, { readOnly: true, timeout: 2_000 });
  try {
    const isBegun = index.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get() !== undefined;
    if (!isBegun) return [];
    const of = (name: string) => index.prepare("SELECT value FROM meta WHERE name = ?").get(name)?.value;
    if (of("epoch") !== db.prepare("SELECT value FROM meta WHERE name = 'epoch'").get()?.value) return [];
    return differences(db, index, Number(of("watermark")));
  } finally {
    index.close();
  }
}

function differences(db: DatabaseSync, index: DatabaseSync, watermark: number): string[] {
  const last = db.prepare("SELECT coalesce(max(key), 0) AS last FROM messages").get()!.last as number;
  const until = Math.min(watermark, last), problems: string[] = [];
  const texts = db.prepare(`SELECT key FROM messages WHERE key > ? AND key <= ? AND kind = 0
    AND room IN (SELECT key FROM rooms) ORDER BY key`);
  const kept = db.prepare(`SELECT key FROM (SELECT key FROM messages UNION ALL SELECT key FROM replaced_texts)
    WHERE key > ? AND key <= ?`);
  const found = index.prepare("SELECT rowid AS key FROM found WHERE rowid > ? AND rowid <= ? ORDER BY rowid");
  for (let from = 0; from < until; from += atOnce) {
    const range = [from, Math.min(from + atOnce, until)] as const;
    const keysOf = (rows: Record<string, unknown>[]) => new Set(rows.map(({ key }) => key as number));
    const [wanted, all, has] = [texts, kept, found].map((query) => keysOf(query.all(...range)));
    for (const key of wanted!.difference(has!)) {
      problems.push(`message ${key} is missing from the search index`);
    }
    for (const key of has!.difference(all!)) {
      problems.push(`the search index holds message ${key}, which is gone`);
    }
  }
  return problems.slice(0, 20);
}
