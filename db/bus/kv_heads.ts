import { listNames } from "../desk.ts";
import type { Followed } from "../bus.ts";
import type { Engine } from "../kv/engine.ts";
import { keys } from "../kv/keys.ts";
import type { Listed } from "../kv/room_entries.ts";
import type { RoomKey, RoomRecord } from "../store.ts";

/** Largest expected difference between the clocks of instances. Milliseconds. */
const clocksDifferMs = 30_000;
/** Maximum rooms per admin and list that one sweep returns, the latest first. */
const mostActive = 1_000;

/**
 * Current state of the followed rooms, and of rooms of followed admins that were active since `activeSince`
 * (milliseconds since 1970). Its cost depends on their number, not on the number of all rooms.
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
  const lists = await Promise.all(listNames.map((list) => {
    const prefix = keys.byActivity(admin, list);
    return engine.list<Listed>({ prefix, start: [...prefix, since] }, { limit: mostActive, reverse: true });
  }));
  return lists.flat().map(({ value }) => ({ admin, consumer: value.consumer }));
}
