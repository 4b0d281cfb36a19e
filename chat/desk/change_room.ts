import type { StaffEntryKind } from "../../db/collections/staff_log.ts";
import { nextEntry, type StaffEntry } from "../../db/collections/staff_log.ts";
import type { DeskExpect, DeskPatch } from "../../db/desk_store.ts";
import { type Commit, untilCommitted } from "../../db/records.ts";
import type { RoomKey, RoomRecord } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput } from "../errors.ts";
import { entryBy, tellEntry } from "../staff/staff_log.ts";
import type { Who } from "../who.ts";

/** A change of a room's desk fields. */
export interface RoomChange {
  set: DeskPatch;
  /** Values that it depends on, besides those of the fields that it changes. */
  expect?: DeskExpect;
  /** Recorded in the room's staff log, in the same transaction. */
  entry?: { kind: StaffEntryKind; detail: Record<string, unknown> };
  /** Records that change in the same transaction. */
  also?: Commit;
}

type Plan = (room: RoomRecord) => RoomChange | undefined | Promise<RoomChange | undefined>;

export interface ChangedRoom {
  room: RoomRecord;
  changed: boolean;
}

/**
 * Changes a room as `plan` says of its present state, which it gets again after a concurrent change; undefined
 * changes nothing. `who`: the member who does it; absent: the service. Members' sockets are told.
 * @throws {InvalidInput} if there is no such room, and what `plan` throws @throws {Unavailable}
 */
export async function changeRoom(
  chat: Chat,
  key: RoomKey,
  who: Who | undefined,
  plan: Plan,
): Promise<ChangedRoom> {
  const { room, entry, changed } = await untilCommitted(() => tryChange(chat, key, who, plan));
  if (changed) tellChanged(chat, room, entry);
  return { room, changed };
}

/** Tells members' sockets of a committed change, and whoever may take a room now. */
export function tellChanged(chat: Chat, room: RoomRecord, entry?: StaffEntry): void {
  chat.audience.tell({ type: "room_updated", room });
  if (entry) tellEntry(chat, entry);
  chat.desk?.nudge(room.admin);
}

async function tryChange(
  chat: Chat,
  key: RoomKey,
  who: Who | undefined,
  plan: Plan,
): Promise<{ answer: ChangedRoom & { entry?: StaffEntry } } | undefined> {
  const room = await chat.store.room(key);
  if (!room) throw new InvalidInput({ consumer: "no such room" });
  const change = await plan(room);
  if (!change) return { answer: { room, changed: false } };
  const next = change.entry && await entryOf(chat, room, change.entry, who);
  const { set, expect } = change;
  const result = await chat.store.changeDesk(room, {
    ...{ set, expect: { ...present(room, set), ...expect }, at: chat.now() },
    commit: merged(next?.commit, change.also),
  });
  if (result.conflict !== undefined) return undefined;
  return { answer: { room: result.room, changed: true, entry: next?.entry } };
}

/** The next entry of a room's staff log, and its commit. */
export function entryOf(
  chat: Chat,
  room: RoomRecord,
  { kind, detail }: NonNullable<RoomChange["entry"]>,
  who?: Who,
): Promise<{ entry: StaffEntry; commit: Commit }> {
  const { admin: workspace, consumer, head: after } = room;
  const by = who ? entryBy(who) : {};
  return nextEntry(chat.store, { workspace, consumer, after, at: chat.now(), kind, detail, ...by });
}

const merged = (one?: Commit, other?: Commit): Commit | undefined =>
  one && other
    ? { check: [...one.check ?? [], ...other.check ?? []], put: [...one.put ?? [], ...other.put ?? []] }
    : one ?? other;

/** The present values of the fields that a patch changes. */
function present(room: RoomRecord, { readAdmin: _, ...set }: DeskPatch): DeskExpect {
  const names = Object.keys(set) as (keyof typeof set)[];
  return Object.fromEntries(names.map((name) => [name, room[name] ?? null]));
}
