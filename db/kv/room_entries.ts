import type { RoomRecord } from "../store.ts";
import type { Change } from "./engine.ts";
import { keys, place } from "./keys.ts";

/** Value of a room's entry in a list. */
export interface Listed {
  consumer: string;
  name?: string;
  email?: string;
}

/**
 * Operations for a changed room: its entry, its entries in lists, the counters of its admin. Without `after`,
 * the room is deleted.
 */
export function roomEntries(before: RoomRecord | undefined, after: RoomRecord | undefined): Required<
  Pick<Change, "sets" | "deletes" | "sums">
> {
  const [was, is] = [before, after].map((room) => room ? placesOf(room) : []) as [Deno.KvKey[], Deno.KvKey[]];
  const gone = was.filter((key) => !is.some((kept) => isSame(kept, key)));
  const deletes = before && !after ? [...gone, keys.room(before.admin, before.consumer)] : gone;
  return {
    sets: after ? [own(after), ...is.map((key) => ({ key, value: listed(after) }))] : [],
    deletes,
    sums: sums(before, after),
  };
}

function own(room: RoomRecord) {
  return { key: keys.room(room.admin, room.consumer), value: room };
}

function listed({ consumer, visitor }: RoomRecord): Listed {
  const { name, email } = visitor ?? {};
  return { consumer, ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
}

function placesOf(room: RoomRecord): Deno.KvKey[] {
  const places = [place(keys.ofStatus(room.admin, room.status), room)];
  if (isUnread(room)) places.push(place(keys.unread(room.admin), room));
  if (room.blocked !== undefined) places.push([...keys.blocked(room.admin), room.blocked, room.id]);
  return places;
}

function isUnread({ head, read }: RoomRecord): boolean {
  return head > read.admin;
}

function sums(before: RoomRecord | undefined, after: RoomRecord | undefined): NonNullable<Change["sums"]> {
  const admin = (before ?? after)!.admin;
  const tests = {
    open: (room: RoomRecord) => room.status === "open",
    resolved: (room: RoomRecord) => room.status === "resolved",
    unread: isUnread,
  };
  return (["open", "resolved", "unread"] as const).flatMap((of) => {
    const by = Number(!!after && tests[of](after)) - Number(!!before && tests[of](before));
    return by === 0 ? [] : [{ key: keys.count(admin, of), by }];
  });
}

function isSame(a: Deno.KvKey, b: Deno.KvKey): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
