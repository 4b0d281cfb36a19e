import { broadcastChannel, channelOf } from "../channels.ts";
import type { EphemeralEvent } from "../bus.ts";
import type { Change, Engine } from "./engine.ts";
import { keys } from "./keys.ts";

/**
 * Lifetime of notifications. An instance that was disconnected for longer reads the rooms instead.
 * Milliseconds.
 */
const readableMs = 60_000;

/** Payload of a notification to the other instances. Stored under `keys.notifications`. */
export type BusNotification =
  | { from: string; admin: string; consumer: string; seq: number }
  | { from: string; whispers: EphemeralEvent[] };

/**
 * The operations that publish `notification` on the channel of `admin`, or on the broadcast channel; part of
 * another change.
 */
export function notificationChange(
  engine: Engine,
  notification: BusNotification,
  admin?: string,
): Required<Pick<Change, "sets" | "sums">> {
  const channel = admin === undefined ? broadcastChannel : channelOf(admin);
  const key = [...keys.notifications(channel), engine.kv.commitVersionstamp() as unknown as Deno.KvKeyPart];
  return {
    sets: [{ key, value: notification, expireIn: readableMs }],
    sums: [{ key: keys.channel(channel), by: 1 }],
  };
}
