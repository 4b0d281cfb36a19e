import type { RoomKey, RoomRecord } from "../store.ts";
import { codeOf, statuses } from "./words.ts";

/** A row of `rooms`. Immutable: a change creates a new object. */
export interface RoomRow extends RoomKey {
  readonly key: number;
  readonly id: string;
  readonly status: number;
  readonly statusBy: string | null;
  readonly statusAt: number | null;
  readonly created: number;
  readonly active: number;
  readonly head: number;
  readonly readAdmin: number;
  readonly readVisitor: number;
  readonly name: string | null;
  readonly email: string | null;
  readonly verified: number;
  readonly blocked: number | null;
}

export const roomColumns = `key, id, admin, consumer, status, status_by AS statusBy, status_at AS statusAt,
  created, active, head, read_admin AS readAdmin, read_visitor AS readVisitor, name, email, verified, blocked`;

/** The row after a message. The visitor's profile columns do not change. */
export function withRecord(
  row: RoomRow,
  { status, statusBy, statusAt, active, head, read }: RoomRecord,
): RoomRow {
  return {
    ...row,
    status: codeOf(statuses, status),
    statusBy: statusBy ?? null,
    statusAt: statusAt ?? null,
    active,
    head,
    readAdmin: read.admin,
    readVisitor: read.visitor,
  };
}

/** Converts a row to a `RoomRecord`: codes to words, NULL to absent fields. */
export function toRecord(row: RoomRow): RoomRecord {
  const record: RoomRecord = {
    id: row.id,
    admin: row.admin,
    consumer: row.consumer,
    status: statuses[row.status]!,
    created: row.created,
    active: row.active,
    head: row.head,
    read: { admin: row.readAdmin, visitor: row.readVisitor },
  };
  if (row.statusBy !== null) record.statusBy = row.statusBy;
  if (row.statusAt !== null) record.statusAt = row.statusAt;
  if (row.blocked !== null) record.blocked = row.blocked;
  const visitor = visitorOf(row);
  if (visitor) record.visitor = visitor;
  return record;
}

function visitorOf({ name, email, verified }: RoomRow): RoomRecord["visitor"] {
  if (name === null && email === null && !verified) return undefined;
  return { ...(name !== null && { name }), ...(email !== null && { email }), verified: verified === 1 };
}
