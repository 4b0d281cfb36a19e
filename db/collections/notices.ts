import { markOf } from "../changes.ts";
import { Collection, type RecordStore, stored } from "../collection.ts";
import { type Commit, type RecordKey, timePart, untilCommitted } from "../records.ts";
import { numberPart } from "./staff_log.ts";

/** Why a member is notified. */
export type NoticeKind = "mention" | "assigned" | "sla" | "rated";

/** Something about a room that a member should know. It holds no text. */
export interface Notice {
  workspace: string;
  consumer: string;
  /** Id of the member. */
  agent: string;
  /** Unique in its room and for its member, so that the same is stored once. */
  id: string;
  /** Increases with each notice of the member. */
  n: number;
  /** Milliseconds since 1970. */
  at: number;
  kind: NoticeKind;
  /** Agent id and display name of who caused it. */
  by?: string;
  byName?: string;
  /** Number of the entry in the room's staff log. */
  entry?: number;
  detail?: Record<string, unknown>;
}

/** Keys begin with the room, so that they go with its visitor. */
export const notices = new Collection<Notice, "byAgent">({
  name: "notices",
  schema: stored(),
  key: ({ workspace, consumer, agent, id }) => [workspace, consumer, agent, id],
  indexes: { byAgent: { key: ({ workspace, agent, n }) => [workspace, agent, numberPart(n)] } },
  isWatched: true,
});

/** A room in which a member was mentioned, and when last. Milliseconds since 1970. */
export interface MentionedRoom {
  workspace: string;
  consumer: string;
  agent: string;
  at: number;
}

export const mentionedRooms = new Collection<MentionedRoom, "byAgent">({
  name: "mentioned_rooms",
  schema: stored(),
  key: ({ workspace, consumer, agent }) => [workspace, consumer, agent],
  indexes: { byAgent: { key: ({ workspace, agent, at }) => [workspace, agent, timePart(at)] } },
});

/** Numbers of a member's newest notice, and of the newest that it has read. */
export interface NoticeMark {
  workspace: string;
  agent: string;
  head: number;
  read: number;
}

export const noticeMarks = new Collection<NoticeMark>({
  name: "notice_marks",
  schema: stored(),
  key: ({ workspace, agent }) => [workspace, agent],
});

type Reader = Pick<Notice, "workspace" | "agent">;

/** Notices kept per member. */
const mostKept = 500;
/** Older ones deleted with each new one. */
const mostDropped = 5;

/** Stores a notice as its member's newest, unless it is there. Returns it if it is new. @throws {Unavailable} */
export function addNotice(store: RecordStore, draft: Omit<Notice, "n">): Promise<Notice | undefined> {
  const { workspace, agent, consumer, at, kind } = draft;
  return untilCommitted(async () => {
    const room = { workspace, consumer, agent, at };
    const names = [
      noticeMarks.nameOf({ ...draft, head: 0, read: 0 }),
      notices.nameOf({ ...draft, n: 0 }),
      mentionedRooms.nameOf(room),
    ];
    const [mark, same, mentioned] = await store.records.getMany(names);
    if (same) return { answer: undefined };
    const { head, read } = (mark?.value ?? { head: 0, read: 0 }) as NoticeMark;
    const notice: Notice = { ...draft, n: head + 1 };
    const old = await surplus(store, draft, notice.n);
    const commit: Commit = {
      check: [{ ...names[0]!, version: mark?.version }, { ...names[1]!, version: undefined }],
      put: [
        { ...names[0]!, value: { workspace, agent, head: notice.n, read } },
        ...notices.recordsOf(notice),
        { ...markOf({ owner: workspace, collection: notices.name }), value: true },
      ],
      delete: old.flatMap((one) => namesOf(notices.recordsOf(one))),
    };
    if (kind === "mention") {
      commit.check!.push({ ...names[2]!, version: mentioned?.version });
      commit.put!.push(...mentionedRooms.recordsOf(room));
      const before = mentioned?.value as MentionedRoom | undefined;
      if (before && before.at !== at) {
        commit.delete!.push(...namesOf(mentionedRooms.recordsOf(before).slice(1)));
      }
    }
    if (!await store.records.commit(commit)) return undefined;
    store.changes.changed({ owner: workspace, collection: notices.name });
    return { answer: notice };
  });
}

const namesOf = (records: ReturnType<typeof notices.recordsOf>) =>
  records.map(({ collection, key }) => ({ collection, key }));

/** The oldest notices of a member beyond those that are kept once its newest is `n`. */
async function surplus(store: RecordStore, reader: Reader, n: number): Promise<Notice[]> {
  if (n <= mostKept) return [];
  const oldest = await listNotices(store, reader, { limit: mostDropped });
  return oldest.filter((one) => one.n <= n - mostKept);
}

/** A member's notices in the order of their numbers. */
async function listNotices(
  store: RecordStore,
  { workspace, agent }: Reader,
  { after, limit, reverse }: { after?: number; limit: number; reverse?: boolean },
): Promise<Notice[]> {
  const prefix = [workspace, agent];
  const index = notices.indexName("byAgent");
  // A number's entries have keys of the same beginning: after them, if the order ascends.
  const from = after === undefined ? undefined : [...prefix, numberPart(reverse ? after : after + 1)];
  const found = await store.records.list(index, prefix, { after: from, limit, reverse });
  const all = await notices.getMany(store, found.map(({ value }) => value as RecordKey));
  return all.filter((one) => one !== undefined);
}

/** A member's notices after the number `n`, oldest first. */
export const noticesAfter = (store: RecordStore, reader: Reader, n: number, limit: number) =>
  listNotices(store, reader, { after: n, limit });

/** A member's notices before the number `n`, or all, newest first. */
export const noticesBefore = (store: RecordStore, reader: Reader, n: number | undefined, limit: number) =>
  listNotices(store, reader, { after: n, limit, reverse: true });

/** The marks of members of one workspace, in their order, by one query. */
export async function noticeMarksOf(store: RecordStore, workspace: string, agents: readonly string[]) {
  const found = await noticeMarks.getMany(store, agents.map((agent) => [workspace, agent]));
  return found.map((mark) => ({ head: mark?.head ?? 0, read: mark?.read ?? 0 }));
}

/** Moves a member's read mark up to `n`, never back. @throws {Unavailable} */
export async function readNotices(
  store: RecordStore,
  { workspace, agent }: Reader,
  n: number,
): Promise<void> {
  await noticeMarks.update(
    store,
    [workspace, agent],
    (mark) => mark && n > mark.read ? { ...mark, read: Math.min(n, mark.head) } : undefined,
    (change) => {
      const mark = { ...markOf({ owner: workspace, collection: notices.name }), value: true };
      return store.records.commit({ ...change, put: [...change.put ?? [], mark] });
    },
  );
  store.changes.changed({ owner: workspace, collection: notices.name });
}

/** Rooms in which a member was mentioned, the latest first, after the key of an earlier page. */
export async function mentionedRoomsOf(
  store: RecordStore,
  { workspace, agent }: Reader,
  page: { after?: RecordKey; limit: number },
): Promise<MentionedRoom[]> {
  const index = mentionedRooms.indexName("byAgent");
  const found = await store.records.list(index, [workspace, agent], { ...page, reverse: true });
  const all = await mentionedRooms.getMany(store, found.map(({ value }) => value as RecordKey));
  return all.filter((one) => one !== undefined);
}
