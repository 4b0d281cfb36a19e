import type { EphemeralEvent, Subscriber } from "../../db/bus.ts";

/** Follows asha, and remembers what it is told. */
export function listener() {
  const events: EphemeralEvent[] = [], told = { missed: 0 };
  const subscriber: Subscriber = {
    followed: () => ({ rooms: [], admins: ["asha"] }),
    followedAdmins: () => ["asha"],
    heard: () => {},
    swept: () => Promise.resolve(),
    onEphemeral: (ephemeral) => void events.push(ephemeral),
    missed: () => void told.missed++,
  };
  return { subscriber, events, told };
}
