import type { ReadMarks } from "../../protocol/records.ts";
import { shownReads } from "../../db/collections/shown_reads.ts";
import type { RoomKey, RoomRecord } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { membersOf } from "../team/members.ts";
import type { Who } from "../who.ts";

/** A room's read marks for this party: a visitor does not notice that members marked the room as unread. */
export async function marksFor(
  chat: Chat,
  who: Who,
  { admin, consumer, head, read }: RoomRecord,
): Promise<ReadMarks> {
  if (who.kind === "admin" || read.admin >= head) return read;
  const shown = await shownReads.get(chat.store, [admin, consumer]);
  return shown ? { ...read, admin: Math.max(read.admin, shown.seq) } : read;
}

/** Whether the visitor has been told already that the admin's side has read up to this seq. */
export async function isShown(chat: Chat, { admin, consumer }: RoomKey, seq: number): Promise<boolean> {
  const shown = await shownReads.get(chat.store, [admin, consumer]);
  if (shown && shown.seq < seq) {
    await shownReads.remove(chat.store, [admin, consumer], (one) => one.seq < seq);
  }
  return shown !== undefined && shown.seq >= seq;
}

/** Whether what this party reads moves its side's mark: in an assigned room only its agent's reading does. */
export async function movesMark(chat: Chat, who: Who, key: RoomKey): Promise<boolean> {
  if (who.kind !== "admin" || (await membersOf(chat, key.admin)).length < 2) return true;
  const assignee = (await chat.store.room(key))?.assignee;
  return assignee === undefined || assignee === who.agent.id;
}
