import { isOpen, isWaiting, listOf } from "../desk.ts";
import type { RoomRecord } from "../store.ts";
import type { Change } from "./engine.ts";
import { type Counter, counters, keys, place } from "./keys.ts";
import { deskPlaces } from "./desk/places.ts";

/** Value of a room's entry in a list. */
export interface Listed {
  /** Absent in entries of earlier versions. */
  admin?: string;
  consumer: string;
  name?: string;
  email?: string;
}

/**
 * Operations for a changed room: its entry, its entries in lists, the counters of its admin. An entry of a list
 * is written only if it moves or its value changes. Without `after`, the room is deleted.
 */
export function roomEntries(before: RoomRecord | undefined, after: RoomRecord | undefined): Required<
  Pick<Change, "sets" | "deletes" | "sums">
> {
  const [was, is] = [before, after].map((room) => room ? placesOf(room) : []) as [Deno.KvKey[], Deno.KvKey[]];
  const gone = was.filter((key) => !is.some((kept) => isSame(kept, key)));
  const deletes = before && !after ? [...gone, keys.room(before.admin, before.consumer)] : gone;
  const isKept = (key: Deno.KvKey) => isListedSame(before, after) && was.some((known) => isSame(known, key));
  const sets = after ? is.filter((key) => !isKept(key)).map((key) => ({ key, value: listed(after) })) : [];
  return {
    sets: after ? [own(after), ...sets] : [],
    deletes,
    sums: sums(before, after),
  };
}

function own(room: RoomRecord) {
  return { key: keys.room(room.admin, room.consumer), value: room };
}

function listed({ admin, consumer, visitor }: RoomRecord): Listed {
  const { name, email } = visitor ?? {};
  return { admin, consumer, ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
}

const isListedSame = (before: RoomRecord | undefined, after: RoomRecord | undefined): boolean =>
  before?.visitor?.name === after?.visitor?.name && before?.visitor?.email === after?.visitor?.email;

function placesOf(room: RoomRecord): Deno.KvKey[] {
  const places = [place(keys.byActivity(room.admin, listOf(room)), room)];
  if (isUnread(room)) places.push(place(keys.unread(room.admin), room));
  if (room.blocked !== undefined) places.push([...keys.blocked(room.admin), room.blocked, room.id]);
  return [...places, ...deskPlaces(room)];
}

function isUnread({ head, read }: RoomRecord): boolean {
  return head > read.admin;
}

const counts: Record<Counter, (room: RoomRecord) => boolean> = {
  open: isOpen,
  resolved: ({ status }) => status === "resolved",
  unread: isUnread,
  waiting: isWaiting,
  bot: (room) => listOf(room) === "bot",
  snoozed: (room) => listOf(room) === "snoozed",
  unassigned: (room) => room.assignee === undefined && isOpen(room),
};

function sums(before: RoomRecord | undefined, after: RoomRecord | undefined): NonNullable<Change["sums"]> {
  const admin = (before ?? after)!.admin;
  const counted = counters.flatMap((of) => {
    const by = Number(!!after && counts[of](after)) - Number(!!before && counts[of](before));
    return by === 0 ? [] : [{ key: keys.count(admin, of), by }];
  });
  const agents = [before, after].map((room) => room && isOpen(room) ? room.assignee : undefined);
  if (agents[0] === agents[1]) return counted;
  const loads = agents.flatMap((agent, i) =>
    agent === undefined ? [] : [{ key: keys.load(admin, agent), by: i === 0 ? -1 : 1 }]
  );
  return [...counted, ...loads];
}

function isSame(a: Deno.KvKey, b: Deno.KvKey): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
