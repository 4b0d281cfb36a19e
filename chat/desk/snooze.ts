import { snoozedUntilReply } from "../../protocol/limits.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput } from "../errors.ts";
import { demand } from "../permissions.ts";
import { roomOf, type Who } from "../who.ts";
import { type ChangedRoom, changeRoom, type RoomChange } from "./change_room.ts";
import { unreadChange } from "./unread.ts";

/** Longest time ahead. Milliseconds. */
const longestMs = 366 * 86_400_000;

/** `until`: a time, `reply` for until the visitor writes, `null` to end it. */
export type SnoozeUntil = string | "reply" | null;

/**
 * Takes a room out of the open lists for a while. Visitors see nothing of it.
 * @throws {NotAllowed | InvalidInput | Unavailable}
 */
export async function snoozeRoom(
  chat: Chat,
  who: Who,
  consumer: string,
  asked: SnoozeUntil,
): Promise<ChangedRoom> {
  demand(who, "write");
  const until = timeOf(chat, asked);
  const result = await changeRoom(chat, roomOf(who, consumer), who, (room) => {
    if (until !== null && room.status === "resolved") {
      throw new InvalidInput({ consumer: "is resolved, so it cannot be snoozed" });
    }
    return snoozing(room, until);
  });
  if (result.changed && until !== null && until !== snoozedUntilReply) chat.desk?.dueAt(until);
  return result;
}

/** @throws {InvalidInput} for a time that is past, or too far ahead */
function timeOf(chat: Chat, until: SnoozeUntil): number | null {
  if (until === null) return null;
  if (until === "reply") return snoozedUntilReply;
  const at = Date.parse(until), ahead = at - chat.now();
  if (!(ahead > 0)) throw new InvalidInput({ until: "is past" });
  if (ahead > longestMs) throw new InvalidInput({ until: "is more than a year ahead" });
  return at;
}

function snoozing(room: RoomRecord, until: number | null): RoomChange | undefined {
  if ((room.snoozedUntil ?? null) === until) return undefined;
  const change: RoomChange = { set: { snoozedUntil: until } };
  if (until === null) return { ...change, entry: { kind: "unsnoozed", detail: {} } };
  // A text that came meanwhile has ended the snooze, and this one has not seen it.
  change.expect = { waitingSince: room.waitingSince ?? null };
  const detail = { until: until === snoozedUntilReply ? "reply" : new Date(until).toISOString() };
  return { ...change, entry: { kind: "snoozed", detail } };
}

/** Ends a snooze whose time has come; the room is unread again. Of concurrent calls one does it. @throws {Unavailable} */
export async function wakeRoom(chat: Chat, due: RoomRecord): Promise<void> {
  await changeRoom(chat, due, undefined, async (room) => {
    if (room.snoozedUntil === undefined || room.snoozedUntil > chat.now()) return undefined;
    const unread = await unreadChange(chat, room);
    return {
      set: { ...unread?.set, snoozedUntil: null },
      also: unread?.also,
      entry: { kind: "unsnoozed", detail: { why: "due" } },
    };
  });
}
