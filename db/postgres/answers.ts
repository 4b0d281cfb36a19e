import { type Answer, maxUnseen } from "../append_condition.ts";
import { nameOf } from "../room_key.ts";
import { type Attempt, draftOf } from "../room_write.ts";
import type { Transaction } from "./transaction.ts";

/**
 * Reads the answers that the conditions of a batch depend on, by room key; undefined if no draft has such a
 * condition.
 */
export async function findAnswers(
  sql: Transaction,
  batch: Attempt[],
): Promise<Map<number, Answer[]> | undefined> {
  const asked = new Map<string, number>();
  for (const { write } of batch) {
    const draft = draftOf(write), after = draft?.onlyIf?.noOtherAfter;
    if (after === undefined) continue;
    const name = nameOf(draft!);
    asked.set(name, Math.min(asked.get(name) ?? after, after));
  }
  if (asked.size === 0) return undefined;
  const wanted = JSON.stringify([...asked].map(([name, after]) => ({ name, after })));
  const rows = await sql<(Answer & { room: number })[]>`
    SELECT messages.room, seq, details -> 'by' AS by
    FROM json_to_recordset(${wanted}::text::json) AS w(name text, after bigint)
    JOIN rooms ON rooms.admin || ' ' || rooms.consumer = w.name
    JOIN messages ON messages.room = rooms.key
      AND seq > greatest(w.after, rooms.head - ${maxUnseen}::bigint) AND side = 'admin' AND kind = 'text'`;
  return Map.groupBy(rows, ({ room }) => room);
}
