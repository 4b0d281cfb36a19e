import type { Side } from "../../protocol/records.ts";
import { nameOf } from "../room_key.ts";
import { type Attempt, draftOf } from "../room_write.ts";
import type { StoredMessage } from "../stored_message.ts";
import type { Transaction } from "./transaction.ts";

/** A row of `messages`. `attempt`: the server's id for a message without a client id. */
export interface MessageRow extends StoredMessage {
  room: number;
  attempt: string | null;
}

/** What identifies a retried message in its room; each side has its own ids. */
type MessageId = Pick<MessageRow, "side" | "client_id" | "attempt">;

const columns = ["room", "seq", "side", "kind", "created", "content", "client_id", "attempt", "details"]
  .map((column) => `messages.${column}`).join(", ");

/** Messages already stored for the drafts of a batch, by the id of each draft. */
export class KnownMessages {
  #byId = new Map<string, MessageRow>();

  static async find(sql: Transaction, batch: Attempt[]): Promise<KnownMessages> {
    const sent = batch.flatMap(({ write }) => {
      const draft = draftOf(write);
      return draft?.client_id === undefined
        ? []
        : [{ name: nameOf(draft), client_id: draft.client_id, side: draft.side }];
    });
    const lost = batch.flatMap(({ attempt, again }) => again && attempt !== null ? [attempt] : []);
    const known = new KnownMessages();
    for (const rows of await Promise.all([findSent(sql, sent), findLost(sql, lost)])) {
      rows.forEach((row) => known.add(row));
    }
    return known;
  }

  get(room: number, id: MessageId): MessageRow | undefined {
    return this.#byId.get(idOf(room, id));
  }

  add(row: MessageRow): void {
    this.#byId.set(idOf(row.room, row), row);
  }
}

async function findSent(
  sql: Transaction,
  sent: { name: string; client_id: string; side: Side }[],
): Promise<MessageRow[]> {
  if (!sent.length) return [];
  return await sql<MessageRow[]>`
    SELECT ${sql.unsafe(columns)} FROM json_to_recordset(${
    JSON.stringify(sent)
  }::text::json) AS w(name text, client_id text, side text)
    JOIN rooms ON rooms.admin || ' ' || rooms.consumer = w.name
    JOIN messages ON messages.client_id || ' ' || messages.room::text = w.client_id || ' ' || rooms.key::text
      AND messages.side = w.side AND messages.client_id IS NOT NULL`;
}

async function findLost(sql: Transaction, attempts: string[]): Promise<MessageRow[]> {
  if (!attempts.length) return [];
  return await sql<MessageRow[]>`
    SELECT ${sql.unsafe(columns)} FROM json_array_elements_text(${
    JSON.stringify(attempts)
  }::text::json) AS w(attempt)
    JOIN messages ON messages.attempt = w.attempt`;
}

/** Client ids and attempt ids cannot collide: an attempt id is used only without a client id. */
function idOf(room: number, { side, client_id, attempt }: MessageId): string {
  return JSON.stringify([room, side, client_id ?? null, attempt]);
}
