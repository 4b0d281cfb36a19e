import type { RoomRecord } from "../store.ts";
import type { Change } from "./engine.ts";
import { keys, place } from "./keys.ts";

/** What a list of rooms tells of one of them. */
export interface Listed {
  consumer: string;
  name?: string;
  email?: string;
}

/** The entries of a room as it becomes: its own, and its places in the lists. */
export function roomEntries(before: RoomRecord | undefined, room: RoomRecord): Change {
  const now = placesOf(room);
  const gone = (before ? placesOf(before) : []).filter((key) => !now.some((kept) => sameKey(kept, key)));
  const value: Listed = { consumer: room.consumer };
  if (room.visitor?.name !== undefined) value.name = room.visitor.name;
  if (room.visitor?.email !== undefined) value.email = room.visitor.email;
  return {
    sets: [{ key: keys.room(room.admin, room.consumer), value: room }, ...now.map((key) => ({ key, value }))],
    deletes: gone,
  };
}

function placesOf(room: RoomRecord): Deno.KvKey[] {
  const places = [place(keys.ofStatus(room.admin, room.status), room)];
  if (room.head > room.read.admin) places.push(place(keys.unread(room.admin), room));
  return places;
}

function sameKey(a: Deno.KvKey, b: Deno.KvKey): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
