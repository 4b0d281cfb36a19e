import { nameOf } from "../room_key.ts";
import { isEdit } from "../edits.ts";
import { type Attempt, draftOf } from "../room_write.ts";
import type { MessageRow } from "./known_messages.ts";
import type { Transaction } from "./transaction.ts";
import { wordsColumn } from "./words.ts";

const columns = ["room", "seq", "side", "kind", "created", "content", "client_id", "attempt", "details"];
const columnsOf = (table: string) => columns.map((column) => `${table}.${column}`).join(", ");

/**
 * Reads the messages that edits of a batch may change, by room key: the texts, and the last edit of each.
 * Undefined if the batch contains no edit.
 */
export async function findEditable(
  sql: Transaction,
  batch: Attempt[],
): Promise<Map<number, MessageRow[]> | undefined> {
  const asked = batch.flatMap(({ write }) => {
    const draft = draftOf(write);
    return draft && isEdit(draft) ? [{ name: nameOf(draft), seq: draft.edit.seq }] : [];
  });
  if (asked.length === 0) return undefined;
  const rows = await sql<MessageRow[]>`
    WITH texts AS (
      SELECT ${sql.unsafe(columnsOf("messages"))} FROM json_to_recordset(${
    JSON.stringify(asked)
  }::text::json) AS w(name text, seq bigint)
      JOIN rooms ON rooms.admin || ' ' || rooms.consumer = w.name
      JOIN messages ON messages.room = rooms.key AND messages.seq = w.seq)
    SELECT ${sql.unsafe(columnsOf("texts"))} FROM texts
    UNION ALL SELECT ${sql.unsafe(columnsOf("messages"))} FROM texts
    JOIN messages ON messages.room = texts.room AND messages.seq = (texts.details ->> 'edited')::integer`;
  return Map.groupBy(rows, ({ room }) => room);
}

/** Stores the new content of edited messages, and the words of texts. */
export async function updateMessages(
  sql: Transaction,
  rows: (MessageRow & { admin: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  const changed = rows.map((row) => ({ ...row, words: row.kind === "text" ? wordsColumn(row) : null }));
  await sql`
    UPDATE messages SET content = m.content, details = m.details, words = m.words::tsvector
    FROM json_to_recordset(${
    JSON.stringify(changed)
  }::text::json) AS m(room bigint, seq integer, content text, details json, words text)
    WHERE messages.room = m.room AND messages.seq = m.seq`;
}
