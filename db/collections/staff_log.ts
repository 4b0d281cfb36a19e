import { markOf } from "../changes.ts";
import { Collection, type RecordStore, stored } from "../collection.ts";
import { type Commit, type RecordName, timePart } from "../records.ts";

/** What an entry of a staff log records. */
export type StaffEntryKind =
  | "note"
  | "assigned"
  | "labelled"
  | "snoozed"
  | "unsnoozed"
  | "handed_off"
  | "merged"
  | "sla"
  | "rated";

/** An entry of a room's staff log, which only members see. */
export interface StaffEntry {
  workspace: string;
  consumer: string;
  /** 1, 2, 3 … in its room, without gaps. */
  n: number;
  /** The room's newest seq when the entry was made. */
  after: number;
  /** Milliseconds since 1970; decreases within a room only where the entries of another one were moved to it. */
  at: number;
  /** Agent id of who made it; absent: the service itself. */
  by?: string;
  /** Display name at that time, for when the member is gone. */
  byName?: string;
  kind: StaffEntryKind;
  client_id?: string;
  text?: string;
  /** Ids of the members and teams that a note mentions. */
  mentions?: string[];
  /** What changed; by kind. */
  detail?: Record<string, unknown>;
}

export type StaffDraft = Omit<StaffEntry, "n">;

/** A number as a key part; such parts sort by value. */
export const numberPart = (n: number): string => String(n).padStart(10, "0");

const byTime = "byTime", byClientId = "byClientId";

/** `byTime`: the entries of a workspace in the order of their times. `byClientId`: notes, for repeated requests. */
export const staffLog = new Collection<StaffEntry, typeof byTime | typeof byClientId>({
  name: "staff_log",
  schema: stored(),
  key: ({ workspace, consumer, n }) => [workspace, consumer, numberPart(n)],
  indexes: {
    byTime: { key: ({ workspace, at }) => [workspace, timePart(at)] },
    byClientId: {
      key: ({ workspace, consumer, by = "", client_id }) =>
        client_id === undefined ? undefined : [workspace, consumer, by, client_id],
      isUnique: true,
    },
  },
  isWatched: true,
});

type LogKey = Pick<StaffEntry, "workspace" | "consumer">;

/** Entries of a room after `n`, oldest first. */
export function entriesAfter(
  store: RecordStore,
  log: LogKey,
  n: number,
  limit: number,
): Promise<StaffEntry[]> {
  const prefix = [log.workspace, log.consumer];
  return staffLog.list(store, prefix, { after: [...prefix, numberPart(n)], limit });
}

/** Entries of a room before `n`, or of all, newest first. */
export function entriesBefore(
  store: RecordStore,
  log: LogKey,
  n: number | undefined,
  limit: number,
): Promise<StaffEntry[]> {
  const prefix = [log.workspace, log.consumer];
  const after = n === undefined ? undefined : [...prefix, numberPart(n)];
  return staffLog.list(store, prefix, { after, limit, reverse: true });
}

/** Entries of a room that were made since some time: the first and the last of them. */
interface RoomNews {
  consumer: string;
  first: { n: number; at: number };
  last: { n: number; at: number };
}

/** Index entries per read. */
const newsAtOnce = 200;

/** The rooms of a workspace with entries since `since` (milliseconds since 1970), and which entries those are. */
export async function newestByRoom(
  { records }: RecordStore,
  workspace: string,
  since: number,
): Promise<RoomNews[]> {
  const rooms = new Map<string, RoomNews>();
  let after: RecordName["key"] | undefined = [workspace, timePart(Math.max(0, since))];
  while (after) {
    const page = { after, limit: newsAtOnce };
    const found = await records.list(staffLog.indexName(byTime), [workspace], page);
    for (const { key: [, time, , consumer, number] } of found) {
      const at = Number(time), n = Number(number);
      const room = rooms.get(consumer!) ?? { consumer: consumer!, first: { n, at }, last: { n, at } };
      if (n < room.first.n) room.first = { n, at };
      if (n > room.last.n) room.last = { n, at };
      rooms.set(consumer!, room);
    }
    after = found.length === newsAtOnce ? found.at(-1)!.key : undefined;
  }
  return [...rooms.values()];
}

/**
 * The next entry of a room's log, and the commit that appends it. The commit's check fails if another entry was appended
 * meanwhile, or the draft's `client_id` was used: call it again. After the commit, call `tellEntry`. `isMoved`: it was an
 * entry of another log and keeps its time.
 */
export async function nextEntry(
  store: RecordStore,
  draft: StaffDraft,
  isMoved = false,
): Promise<{ entry: StaffEntry; commit: Commit }> {
  const { workspace, consumer } = draft;
  const [last] = await store.records.list(staffLog.name, [workspace, consumer], { limit: 1, reverse: true });
  const before = last?.value as StaffEntry | undefined;
  const entry = {
    ...draft,
    n: (before?.n ?? 0) + 1,
    at: isMoved ? draft.at : Math.max(draft.at, before?.at ?? 0),
  };
  const mark = { ...markOf({ owner: workspace, collection: staffLog.name }), value: true };
  return { entry, commit: { check: checksOf(entry, last), put: [...staffLog.recordsOf(entry), mark] } };
}

/** The entry before is unchanged; neither the entry nor one with its `client_id` exists. */
function checksOf(entry: StaffEntry, last: { key: RecordName["key"]; version: string } | undefined) {
  const check: NonNullable<Commit["check"]> = [{ ...staffLog.nameOf(entry), version: undefined }];
  if (last) check.push({ collection: staffLog.name, key: last.key, version: last.version });
  const same = clientIdEntry(entry);
  if (same) check.push({ ...same, version: undefined });
  return check;
}

function clientIdEntry({ workspace, consumer, by = "", client_id }: StaffDraft): RecordName | undefined {
  if (client_id === undefined) return undefined;
  return { collection: staffLog.indexName(byClientId), key: [workspace, consumer, by, client_id] };
}

/** The entry that the same author has stored in this room under the draft's `client_id`. */
export async function entryOfClientId(
  store: RecordStore,
  draft: StaffDraft,
): Promise<StaffEntry | undefined> {
  const same = clientIdEntry(draft);
  return same && await staffLog.find(store, byClientId, same.key);
}
