import { excerptOf } from "../search_phrases.ts";
import type { SearchPage, SearchQuery, SearchStore } from "../search_store.ts";
import { type StoredMessage, wireMessage } from "../stored_message.ts";
import type { Sql } from "./connect.ts";
import type { Link } from "./link.ts";
import { roomColumns, type RoomRow, roomTables, toRecord } from "./room_row.ts";
import { wordsQuery } from "./words.ts";

type Found = RoomRow & { message: StoredMessage; place: number };

/** Full-text search over the `tsvector` of each message. */
export function search(link: Link): SearchStore {
  return { searchMessages: (admin, asked) => link.read((sql) => searchMessages(sql, admin, asked)) };
}

/**
 * The planner chooses by the number of matches: a backward scan of the admin's messages, or the word index.
 */
async function searchMessages(
  sql: Sql,
  admin: string,
  { phrases, limit, cursor }: SearchQuery,
): Promise<SearchPage> {
  if (phrases.length === 0) return { found: [], complete: true };
  const rows = await sql<Found[]>`
    SELECT ${sql.unsafe(roomColumns)}, messages.key AS place,
      json_build_object('seq', seq, 'side', side, 'kind', kind, 'created', messages.created, 'content', content,
        'client_id', client_id, 'details', details) AS message
    FROM messages JOIN (${sql.unsafe(roomTables)}) ON rooms.key = messages.room
    WHERE messages.admin = ${admin} AND messages.key < ${placeOf(cursor)}
      AND words @@ ${wordsQuery(admin, phrases)}::tsquery
    ORDER BY messages.key DESC LIMIT ${limit + 1}`;
  const found: SearchPage["found"] = [];
  for (const row of rows.slice(0, limit)) {
    const room = toRecord(row), message = wireMessage(room, row.message);
    const excerpt = excerptOf(message.content, phrases) ??
      {
        content: message.content.slice(0, 200).toWellFormed(),
        from: 0,
        of: message.content.length,
        marks: [],
      };
    found.push({ room, message, excerpt });
    // A long text takes 1 to 2 ms; yields to the event loop in between.
    if (message.content.length > 1_000) await new Promise((resolve) => setTimeout(resolve));
  }
  return { found, complete: true, ...(rows.length > limit && { cursor: String(rows[limit - 1]!.place) }) };
}

function placeOf(cursor: string | undefined): number {
  return /^\d{1,15}$/.test(cursor ?? "") ? Number(cursor) : Number.MAX_SAFE_INTEGER;
}
