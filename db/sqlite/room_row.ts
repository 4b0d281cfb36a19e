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
  readonly assignee: string | null;
  readonly team: string | null;
  /** JSON: pairs of a label's id and the time of labelling. */
  readonly labels: string | null;
  readonly snoozedUntil: number | null;
  readonly waitingSince: number | null;
  readonly dueAt: number | null;
  readonly botDueAt: number | null;
}

export const roomColumns = `key, id, admin, consumer, status, status_by AS statusBy, status_at AS statusAt,
  created, active, head, read_admin AS readAdmin, read_visitor AS readVisitor, name, email, verified, blocked,
  assignee, team, labels, snoozed_until AS snoozedUntil, waiting_since AS waitingSince, due_at AS dueAt,
  bot_due_at AS botDueAt`;

/** The columns of a new room that its team sets. */
export const noDesk = {
  ...{ assignee: null, team: null, labels: null, snoozedUntil: null, waitingSince: null, dueAt: null },
  botDueAt: null,
} satisfies Partial<RoomRow>;

/** The row after a message. The visitor's profile columns do not change. */
export function withRecord(
  row: RoomRow,
  { status, statusBy, statusAt, active, head, read, snoozedUntil, waitingSince, botDueAt }: RoomRecord,
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
    snoozedUntil: snoozedUntil ?? null,
    waitingSince: waitingSince ?? null,
    botDueAt: botDueAt ?? null,
  };
}

/** The row after a change by the team. */
export function withDesk(row: RoomRow, room: RoomRecord): RoomRow {
  const { assignee = null, team = null, labels, labelledAt, dueAt = null } = room;
  const pairs = labels?.map((label, i) => [label, labelledAt![i]]);
  return {
    ...withRecord(row, room),
    ...{ assignee, team, dueAt, labels: pairs ? JSON.stringify(pairs) : null },
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
  if (row.waitingSince !== null) record.waitingSince = row.waitingSince;
  if (row.snoozedUntil !== null) record.snoozedUntil = row.snoozedUntil;
  if (row.assignee !== null) record.assignee = row.assignee;
  if (row.team !== null) record.team = row.team;
  if (row.dueAt !== null) record.dueAt = row.dueAt;
  if (row.botDueAt !== null) record.botDueAt = row.botDueAt;
  if (row.labels !== null) setLabels(record, JSON.parse(row.labels));
  const visitor = visitorOf(row);
  if (visitor) record.visitor = visitor;
  return record;
}

function setLabels(record: RoomRecord, pairs: [string, number][]): void {
  record.labels = pairs.map(([label]) => label);
  record.labelledAt = pairs.map(([, at]) => at);
}

function visitorOf({ name, email, verified }: RoomRow): RoomRecord["visitor"] {
  if (name === null && email === null && !verified) return undefined;
  return { ...(name !== null && { name }), ...(email !== null && { email }), verified: verified === 1 };
}
