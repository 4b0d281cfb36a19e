import type { Whisper } from "../db/bus.ts";
import type { ChatEvent } from "../chat/audience.ts";
import type { Party } from "./presence.ts";

/** Parties of one whisper: their names stay below what the bus can carry at once. */
const mostParties = 100;

/** An event as other instances are told of it; they read for themselves what is in the store. */
export function whisperOf(event: Exclude<ChatEvent, { type: "message" }>): Whisper {
  switch (event.type) {
    case "room_opened":
    case "room_updated": {
      const { admin, consumer } = event.room;
      return { type: event.type, admin, consumer };
    }
    case "read":
      return { type: "read", ...event.key, by: event.by, seq: event.seq };
    case "typing":
      return { type: "typing", ...event.key, by: event.by, typing: event.typing };
    case "visitor_blocked":
    case "visitor_forgotten":
      return { type: event.type, ...event.key };
    case "chatbot_updated":
      return { type: "chatbot_updated", admin: event.chatbot.username };
    case "sessions_ended":
      return { type: "sessions_ended", admin: event.username, jtis: event.jtis };
    case "account_forgotten":
      return { type: "account_forgotten", admin: event.username };
  }
}

/** Who came or went, in whispers of one admin each. */
export function partyWhispers(type: "here" | "left", parties: Iterable<Party>): Whisper[] {
  const byAdmin = Map.groupBy(parties, ({ admin }) => admin);
  return [...byAdmin].flatMap(([admin, parties]) => {
    const names = parties.map(({ consumer = null }) => consumer);
    const portions = Array.from({ length: Math.ceil(names.length / mostParties) }, (_, i) => i * mostParties);
    return portions.map((from) => ({ type, admin, parties: names.slice(from, from + mostParties) }));
  });
}

export function partiesOf({ admin, parties }: Extract<Whisper, { type: "here" | "left" }>): Party[] {
  return parties.map((consumer) => consumer === null ? { admin } : { admin, consumer });
}
