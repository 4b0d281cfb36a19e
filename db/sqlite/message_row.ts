import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Message } from "../../protocol/records.ts";
import type { RoomKey } from "../store.ts";
import { type MessageDetails, type StoredMessage, wireMessage } from "../stored_message.ts";
import { codeOf, kinds, sides } from "./words.ts";

export interface MessageRow {
  seq: number;
  side: number;
  kind: number;
  created: number;
  content: string;
  client_id: string | null;
  /** JSON. */
  details: string | null;
}

const columns = "seq, side, kind, created, content, client_id, details";
type Columns = [number, number, number, number, string, string | null, string | null];

/**
 * Prepares a query of messages; `rest` begins with WHERE. The page is returned as one JSON text: for a
 * thousand rows this costs a third of what a thousand row objects cost.
 */
export function selectMessages(db: DatabaseSync, rest: string): (...values: SQLInputValue[]) => MessageRow[] {
  const query = db.prepare(`SELECT json_group_array(json_array(${columns})) AS page
    FROM (SELECT ${columns} FROM messages ${rest})`);
  return (...values) => (JSON.parse(query.get(...values)!.page as string) as Columns[]).map(toRow);
}

function toRow([seq, side, kind, created, content, client_id, details]: Columns): MessageRow {
  return { seq, side, kind, created, content, client_id, details };
}

/** Converts a row to a message of the wire format. */
export function toMessage(room: RoomKey & { id: string }, row: MessageRow): Message {
  return wireMessage(room, storedOf(row));
}

/** Converts a row to a `StoredMessage`: codes to words, JSON to details. */
export function storedOf(row: MessageRow): StoredMessage {
  const details = row.details === null ? null : JSON.parse(row.details) as MessageDetails;
  return { ...row, side: sides[row.side]!, kind: kinds[row.kind]!, details };
}

/** Converts a `StoredMessage` to a row: words to codes, details to JSON. */
export function rowOf({ seq, side, kind, created, content, client_id, details }: StoredMessage): MessageRow {
  return {
    seq,
    side: codeOf(sides, side),
    kind: codeOf(kinds, kind),
    created,
    content,
    client_id: client_id ?? null,
    details: details == null ? null : JSON.stringify(details),
  };
}
