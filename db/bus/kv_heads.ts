import { roomStatuses } from "../../protocol/limits.ts";
import type { Followed } from "../bus.ts";
import type { Engine } from "../kv/engine.ts";
import { keys } from "../kv/keys.ts";
import type { Listed } from "../kv/room_entries.ts";
import type { RoomKey, RoomRecord } from "../store.ts";

/** How much the clocks of instances may differ. Milliseconds. */
const clocksDifferMs = 30_000;
/** Rooms of one admin and status that one look finds, the latest. */
const mostActive = 1_000;

/**
 * The followed rooms as they are now, and those of followed admins that were active since then (milliseconds since
 * 1970). Its cost grows with them, not with the rooms there are.
 */
export async function headsOf(
  engine: Engine,
  { rooms, admins }: Followed,
  activeSince: number,
): Promise<RoomRecord[]> {
  const active = await Promise.all(
    admins.map((admin) => activeOf(engine, admin, activeSince - clocksDifferMs)),
  );
  const wanted = [...rooms, ...active.flat()].map(({ admin, consumer }) => keys.room(admin, consumer));
  return (await engine.getMany<RoomRecord>(wanted)).flatMap(({ value }) => value ?? []);
}

async function activeOf(engine: Engine, admin: string, since: number): Promise<RoomKey[]> {
  const lists = await Promise.all(roomStatuses.map((status) => {
    const prefix = keys.ofStatus(admin, status);
    return engine.list<Listed>({ prefix, start: [...prefix, since] }, { limit: mostActive, reverse: true });
  }));
  return lists.flat().map(({ value }) => ({ admin, consumer: value.consumer }));
}
