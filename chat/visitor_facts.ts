import type { VisitorPatch } from "../db/visitor_store.ts";
import type { RoomKey } from "../db/store.ts";
import type { OpenSession } from "../protocol/requests.ts";
import type { Chat } from "./chat.ts";
import { chatbotOf } from "./chatbots.ts";
import { deviceOf } from "./device.ts";
import type { Identity } from "./identity.ts";

/** What a visitor's browser says of itself, beside what it asks. */
export interface Said {
  asked: OpenSession;
  /** Who the host site's server says it is. */
  identity?: Identity;
  /** The host site's server has vouched for it, now or before. */
  identified: boolean;
  userAgent?: string;
}

/**
 * Keeps what is known of a visitor. Nothing is kept of someone who only looks: there is a room, or a name was given,
 * or the host site vouches for one.
 */
export async function keepFacts(chat: Chat, key: RoomKey, said: Said): Promise<void> {
  const who = whoItIs(said);
  const isSomebody = who.name !== undefined || who.email !== undefined;
  if (!isSomebody && !await chat.store.room(key)) return;
  const room = await chat.store.saveVisitor(key, await factsOf(chat, key, said), chat.now());
  if (room && isSomebody) chat.audience.tell({ type: "room_updated", room });
}

async function factsOf(chat: Chat, { admin }: RoomKey, said: Said) {
  const { asked, userAgent } = said;
  const { collect } = await chatbotOf(chat, admin);
  const { page, locale, time_zone, attributes } = asked;
  const facts: VisitorPatch = {
    page: collect.page ? page?.url || undefined : null,
    referrer: collect.referrer ? page?.referrer || undefined : null,
    device: collect.device ? deviceOf(userAgent ?? "") : null,
    locale,
    time_zone,
    attributes,
    ...whoItIs(said),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

/** What a visitor says of itself is never verified, and never replaces what the host site's server has said. */
function whoItIs({ asked, identity, identified }: Said): VisitorPatch {
  if (identity) return { name: identity.name, email: identity.email, verified: true };
  const { name, email } = asked;
  return identified || (name === undefined && email === undefined) ? {} : { name, email, verified: false };
}
