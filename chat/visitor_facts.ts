import { maxAttributes, maxAttributesBytes } from "../protocol/limits.ts";
import type { VisitorPatch, VisitorRecord } from "../db/visitor_store.ts";
import { nameOf } from "../db/room_name.ts";
import type { RoomKey, Store } from "../db/store.ts";
import type { OpenSession } from "../protocol/requests.ts";
import type { Chat } from "./chat.ts";
import { chatbotOf } from "./chatbots.ts";
import { deviceOf } from "./device.ts";
import { InvalidInput } from "./errors.ts";
import type { Identity } from "./identity.ts";

/** What a visitor's browser says of itself, beside what it asks. */
export interface Said {
  asked: OpenSession;
  /** Who the host site's server says it is. */
  identity?: Identity;
  /** The host site's server has vouched for it, now or before. */
  identified: boolean;
  userAgent?: string;
  address?: string;
}

/**
 * Refuses attributes that are too many or too long in all, before a schema makes a problem of each.
 * @throws {InvalidInput}
 */
export function checkAttributes(body: unknown): void {
  const attributes: unknown = Object(body).attributes;
  if (typeof attributes !== "object" || attributes === null) return;
  const isFew = Object.keys(attributes).length <= maxAttributes &&
    new TextEncoder().encode(JSON.stringify(attributes)).length <= maxAttributesBytes;
  if (isFew) return;
  const most = `at most ${maxAttributes}, and ${maxAttributesBytes / 1024} KiB in all`;
  throw new InvalidInput({ attributes: most });
}

/** How old what is said of when a visitor was seen last may be. Milliseconds. */
const seenEveryMs = 300_000;

/**
 * Keeps what is known of a visitor. Nothing is stored of someone who only looks: there is a room, or a name was given,
 * or the host site vouches for one. Until then it is remembered for a while, in case that visitor begins to write.
 */
export async function keepFacts(chat: Chat, key: RoomKey, said: Said): Promise<void> {
  const who = whoItIs(said);
  const isSomebody = who.name !== undefined || who.email !== undefined;
  const facts = await factsOf(chat, key, said);
  const before = await chat.store.room(key);
  const isKept = before || (isSomebody && await mayBeNew(chat, key, said));
  if (!isKept) return remember(chat.store, key, facts);
  if (isKnown(await chat.store.visitor(key), facts, chat.now())) return;
  const room = await chat.store.saveVisitor(key, facts, chat.now());
  if (room && !isSame(room.visitor, before?.visitor)) {
    chat.audience.tell({ type: "room_updated", room, often: true });
  }
}

/** Whether a patch would change nothing of what was kept a while ago: a write is then for nothing. */
function isKnown(known: VisitorRecord | undefined, patch: VisitorPatch, now: number): boolean {
  return known !== undefined && now - known.lastSeen < seenEveryMs &&
    Object.entries(patch).every(([name, fact]) => isSame(known[name as keyof VisitorPatch] ?? null, fact));
}

/** Whether two facts say the same, the order of their fields aside. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return (a ?? null) === (b ?? null);
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].every((name) => isSame(Reflect.get(a, name), Reflect.get(b, name)));
}

/** Names cost nothing to think up: without a room, an address may have as many new ones stored as it may make rooms. */
async function mayBeNew(
  { store, limiters }: Chat,
  key: RoomKey,
  { identified, address }: Said,
): Promise<boolean> {
  if (identified || address === undefined || await store.visitor(key)) return true;
  return limiters.roomsPerAddress.take(`named ${address}`) === 0;
}

/** Visitors of whom something is remembered, and how much of each: characters of JSON. */
const mostRemembered = 2_000, mostOfOne = 6_000;
const remembered = new WeakMap<Store, Map<string, string>>();

function remember(store: Store, key: RoomKey, facts: VisitorPatch): void {
  const text = JSON.stringify(facts);
  if (text.length > mostOfOne) return;
  const all = remembered.get(store) ?? new Map<string, string>();
  remembered.set(store, all);
  all.delete(nameOf(key));
  all.set(nameOf(key), text);
  const [oldest] = all.keys();
  if (all.size > mostRemembered) all.delete(oldest!);
}

/** A visitor has begun to write: what was remembered is kept now. Never fails. */
export async function keepRemembered(chat: Chat, key: RoomKey): Promise<void> {
  const text = remembered.get(chat.store)?.get(nameOf(key));
  if (text === undefined) return;
  remembered.get(chat.store)!.delete(nameOf(key));
  const facts: VisitorPatch = JSON.parse(text);
  try {
    // The admin may have switched it off since.
    const { collect } = await chatbotOf(chat, key.admin);
    for (const name of collected) if (!collect[name]) delete facts[name];
    const room = await chat.store.saveVisitor(key, facts, chat.now());
    if (room && (facts.name ?? facts.email) !== undefined) chat.audience.tell({ type: "room_updated", room });
  } catch {
    // The next visit says it again.
  }
}

const collected = ["page", "referrer", "device"] as const;

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
