import type { Message, MessageKind } from "../../protocol/records.ts";
import { cutAt } from "../byte_budget.ts";
import { type StoredMessage, wireMessage } from "../stored_message.ts";
import type { RoomKey, Store } from "../store.ts";
import { nameOf } from "../room_key.ts";
import type { Sql } from "./connect.ts";
import type { Link } from "./link.ts";

export const messageColumns = "seq, side, kind, created, content, client_id, details";
/** SQL for the size of a message without its JSON structure. Bytes. */
export const messageBytes = "octet_length(content) + coalesce(octet_length(details::text), 0)";

type Row = StoredMessage & { id: string };

/** Largest value of the seq column. */
const maxSeq = 2_147_483_647;

/** Pages of a room's messages, limited by count and bytes. */
export function messagePages(link: Link): Pick<Store, "messagesAfter" | "messagesBefore"> {
  return {
    messagesAfter: (key, after, limit, bytes) =>
      link.read(async (sql) => {
        const rows = await sql<Row[]>`SELECT * FROM (
          SELECT rooms.id, ${columns(sql)}, ${before(sql, "seq")} FROM rooms JOIN messages ON room = rooms.key
          WHERE ${ofRoom(sql, key)} AND seq > ${Math.min(after, maxSeq)} ORDER BY seq LIMIT ${limit}
        ) AS page WHERE before < ${bytesOf(bytes)} ORDER BY seq`;
        return cutAt(toMessages(key, rows), bytes);
      }),
    messagesBefore: (key, end = maxSeq, limit, kind, bytes) =>
      link.read(async (sql) => {
        const rows = await sql<Row[]>`SELECT * FROM (
          SELECT rooms.id, ${columns(sql)}, ${
          before(sql, "seq DESC")
        } FROM rooms JOIN messages ON room = rooms.key
          WHERE ${ofRoom(sql, key)} AND seq < ${Math.min(end, maxSeq)} ${ofKind(sql, kind)}
          ORDER BY seq DESC LIMIT ${limit}
        ) AS page WHERE before < ${bytesOf(bytes)} ORDER BY seq DESC`;
        return cutAt(toMessages(key, rows), bytes).reverse();
      }),
  };
}

/**
 * Total bytes of the messages before each row in this order, so that only messages that fit the page are
 * read.
 */
const before = (sql: Sql, order: "seq" | "seq DESC") =>
  sql.unsafe(`sum(${messageBytes}) OVER (ORDER BY ${order}) - (${messageBytes}) AS before`);
const bytesOf = (bytes = Infinity) => Math.min(bytes, maxSeq);
const columns = (sql: Sql) => sql.unsafe("seq, side, kind, messages.created, content, client_id, details");
const ofRoom = (sql: Sql, key: RoomKey) => sql`rooms.admin || ' ' || consumer = ${nameOf(key)}`;
/** The partial index of non-text messages requires the literal 'status'. */
const ofKind = (sql: Sql, kind?: MessageKind) =>
  kind === "status" ? sql`AND kind = 'status'` : kind ? sql`AND kind = ${kind}` : sql``;

function toMessages({ admin, consumer }: RoomKey, rows: Row[]): Message[] {
  return rows.map((row) => wireMessage({ id: row.id, admin, consumer }, row));
}
