import type { EphemeralEvent, Subscriber } from "../../db/bus.ts";

/** A subscriber that follows asha and records what it receives. */
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
