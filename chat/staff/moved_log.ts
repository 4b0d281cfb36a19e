import { type MentionedRoom, mentionedRooms, type Notice, notices } from "../../db/collections/notices.ts";
import {
  entriesAfter,
  entryOfClientId,
  nextEntry,
  type StaffEntry,
  staffLog,
} from "../../db/collections/staff_log.ts";
import { untilCommitted } from "../../db/records.ts";
import type { MovedTo } from "../../db/merging.ts";
import type { RoomKey } from "../../db/store.ts";
import type { Chat } from "../chat.ts";

/** Entries and notices read at once. */
const mostAtOnce = 50;

/**
 * Moves what members see of a room to the end of the staff log of the one that its messages were moved to, with authors and
 * times, and the notices about it. A repeated call moves what an earlier one, which was cut short, has left.
 * @throws {Unavailable}
 */
export async function moveStaffLog(chat: Chat, from: RoomKey, to: MovedTo): Promise<void> {
  const old = { workspace: from.admin, consumer: from.consumer };
  const numbers = new Map<number, number>();
  for (let some; (some = await entriesAfter(chat.store, old, 0, mostAtOnce)).length > 0;) {
    for (const entry of some) numbers.set(entry.n, await moveEntry(chat, entry, to));
  }
  if (numbers.size > 0) chat.store.changes.changed({ owner: from.admin, collection: staffLog.name });
  await moveNotices(chat, from, to.consumer, numbers);
}

/** Returns the entry's number in its new log. */
function moveEntry(chat: Chat, { n, ...entry }: StaffEntry, to: MovedTo): Promise<number> {
  const { store } = chat, was = staffLog.recordsOf({ ...entry, n });
  return untilCommitted(async () => {
    const [known] = await store.records.getMany(was.slice(0, 1));
    const after = to.base === undefined ? to.head : entry.after + to.base;
    const draft = { ...entry, consumer: to.consumer, after };
    if (await entryOfClientId(store, draft)) delete draft.client_id;
    const { entry: moved, commit } = await nextEntry(store, draft, true);
    // Another process has moved it.
    if (!known) return { answer: moved.n };
    const names = was.map(({ collection, key }) => ({ collection, key }));
    const check = [...commit.check ?? [], { ...names[0]!, version: known.version }];
    return await store.records.commit({ ...commit, check, delete: names }) ? { answer: moved.n } : undefined;
  });
}

async function moveNotices(
  chat: Chat,
  { admin, consumer }: RoomKey,
  into: string,
  numbers: Map<number, number>,
) {
  const { store } = chat, room = [admin, consumer];
  for (let some: Notice[]; (some = await notices.list(store, room, { limit: mostAtOnce })).length > 0;) {
    for (const notice of some) {
      const { id, entry } = notice;
      const moved = entry === undefined ? undefined : numbers.get(entry);
      // The same member may have a notice of the same name about the other room.
      const put = { ...notice, consumer: into, id: `${id}@${consumer}`, ...(moved && { entry: moved }) };
      await notices.put(store, put);
      await notices.remove(store, notices.nameOf(notice).key);
    }
  }
  for (
    let some: MentionedRoom[];
    (some = await mentionedRooms.list(store, room, { limit: mostAtOnce })).length > 0;
  ) {
    for (const mention of some) {
      const key = mentionedRooms.nameOf({ ...mention, consumer: into }).key;
      await mentionedRooms.update(store, key, (known) => ({
        ...mention,
        consumer: into,
        at: Math.max(mention.at, known?.at ?? 0),
      }));
      await mentionedRooms.remove(store, mentionedRooms.nameOf(mention).key);
    }
  }
}
