import type { EphemeralEvent } from "../../db/bus.ts";
import type { ChatEvent } from "../../chat/audience.ts";
import type { Party } from "./presence.ts";

/** Parties or sessions in one event: keeps it below the size that the bus can carry. */
const mostNamed = 100;

/** An event as published to other instances; they read the stored data themselves. */
export function ephemeralEventsOf(
  event: Exclude<ChatEvent, { type: "message" | "partial" }>,
): EphemeralEvent[] {
  if (event.type !== "sessions_ended") return [ephemeralEventOf(event)];
  const { type, username: admin } = event;
  return portions(event.jtis).map((jtis) => ({ type, admin, jtis }));
}

function ephemeralEventOf(
  event: Exclude<ChatEvent, { type: "message" | "partial" | "sessions_ended" }>,
): EphemeralEvent {
  switch (event.type) {
    case "room_moved":
      return { type: "room_updated", admin: event.room.admin, consumer: event.room.consumer };
    case "room_opened":
    case "room_updated": {
      const { admin, consumer } = event.room;
      return { type: event.type, admin, consumer };
    }
    case "read":
      return { type: "read", ...event.key, by: event.by, seq: event.seq, isShown: event.isShown };
    case "typing":
      return { type: "typing", ...event.key, by: event.by, typing: event.typing };
    case "visitor_blocked":
    case "visitor_forgotten":
    case "visitor_vouched":
      return { type: event.type, ...event.key };
    case "identity_rolled":
    case "watching":
      return event;
    case "chatbot_updated":
      return { type: "chatbot_updated", admin: event.chatbot.username };
    case "account_forgotten":
      return { type: "account_forgotten", admin: event.username };
  }
}

/** Presence changes as ephemeral events, at least one for each admin. */
export function presenceEvents(type: "here" | "left", parties: Iterable<Party>): EphemeralEvent[] {
  const byAdmin = Map.groupBy(parties, ({ admin }) => admin);
  return [...byAdmin].flatMap(([admin, parties]) => {
    const names = parties.map(({ consumer = null, agent }) => agent === undefined ? consumer : `@${agent}`);
    return portions(names).map((parties) => ({ type, admin, parties }));
  });
}

function portions<T>(names: T[]): T[][] {
  const all: T[][] = [];
  for (let from = 0; from < names.length; from += mostNamed) all.push(names.slice(from, from + mostNamed));
  return all;
}

export function partiesOf({ admin, parties }: Extract<EphemeralEvent, { type: "here" | "left" }>): Party[] {
  return parties.map((name) => {
    if (name === null) return { admin };
    return name.startsWith("@") ? { admin, agent: name.slice(1) } : { admin, consumer: name };
  });
}
