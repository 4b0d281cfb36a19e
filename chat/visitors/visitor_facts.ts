import type { VisitorPatch, VisitorRecord } from "../../db/visitor_store.ts";
import { nameOf } from "../../db/room_key.ts";
import type { RoomKey, Store } from "../../db/store.ts";
import type { OpenSession } from "../../protocol/requests.ts";
import type { Chat } from "../chat.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import { deviceOf } from "./device.ts";
import type { Identity } from "./identity.ts";

/** What a visitor's browser reports about itself. */
export interface Said {
  asked: OpenSession;
  /** The id of the admin's account. */
  account: string;
  /** The identity from the host site. */
  identity?: Identity;
  /** The host site has authenticated this visitor, now or before. */
  identified: boolean;
  userAgent?: string;
  address?: string;
}

/** Tolerance of the stored time of last visit. Milliseconds. */
const seenEveryMs = 300_000;

/**
 * Stores facts about a visitor. Nothing is stored about a mere page view: a room, a name or an identity
 * is needed. Until then facts are remembered for a while, in case the visitor begins to write.
 */
export async function keepFacts(chat: Chat, key: RoomKey, said: Said): Promise<void> {
  const { asked, identity } = said;
  const isSomebody = (identity ?? asked).name !== undefined || (identity ?? asked).email !== undefined;
  const known = await chat.store.visitor(key);
  const facts = await factsOf(chat, key, said, known);
  const before = await chat.store.room(key);
  // An identity is stored in any case: from then on the room requires it.
  const isKept = said.identified || before || (isSomebody && await mayBeNew(chat, key, said));
  if (!isKept) return remember(chat.store, key, { facts, account: said.account });
  if (isKnown(known, facts, chat.now())) return;
  const room = await chat.store.saveVisitor(key, facts, chat.now());
  if (said.identified && !known?.verified) chat.audience.tell({ type: "visitor_vouched", key });
  if (room && !isSame(room.visitor, before?.visitor)) {
    chat.audience.tell({ type: "room_updated", room, often: true });
  }
}

/** Whether a patch would change nothing of what was stored recently, so that no write is needed. */
function isKnown(known: VisitorRecord | undefined, patch: VisitorPatch, now: number): boolean {
  return known !== undefined && now - known.lastSeen < seenEveryMs &&
    Object.entries(patch).every(([name, fact]) => isSame(known[name as keyof VisitorPatch] ?? null, fact));
}

/** Deep equality of two facts, regardless of the order of their fields. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return (a ?? null) === (b ?? null);
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].every((name) => isSame(Reflect.get(a, name), Reflect.get(b, name)));
}

/** Names cost nothing to invent: without a room, an address may store as many new ones as it may create rooms. */
async function mayBeNew(
  { store, limiters }: Chat,
  key: RoomKey,
  { identified, address }: Said,
): Promise<boolean> {
  if (identified || address === undefined || await store.visitor(key)) return true;
  return limiters.roomsPerAddress.take(`named ${address}`) === 0;
}

/** Visitors whose facts are remembered, and the limit for each: characters of JSON. */
const mostRemembered = 2_000, mostOfOne = 6_000;
const remembered = new WeakMap<Store, Map<string, string>>();

interface Remembered {
  facts: VisitorPatch;
  /** Id of the account that received them. */
  account: string;
}

function remember(store: Store, key: RoomKey, said: Remembered): void {
  const text = JSON.stringify(said);
  if (text.length > mostOfOne) return;
  const all = remembered.get(store) ?? new Map<string, string>();
  remembered.set(store, all);
  all.delete(nameOf(key));
  all.set(nameOf(key), text);
  const [oldest] = all.keys();
  if (all.size > mostRemembered) all.delete(oldest!);
}

/** A visitor has begun to write: stores what was remembered. Never fails. */
export async function keepRemembered(chat: Chat, key: RoomKey): Promise<void> {
  const text = remembered.get(chat.store)?.get(nameOf(key));
  if (text === undefined) return;
  remembered.get(chat.store)!.delete(nameOf(key));
  const { facts, account }: Remembered = JSON.parse(text);
  try {
    if ((await chat.store.account(key.admin))?.id !== account) return;
    // The admin may have disabled it since.
    const { collect } = await chatbotOf(chat, key.admin);
    for (const name of collected) if (!collect[name]) delete facts[name];
    for (const name of addresses) if (facts[name]) facts[name] = keptAddress(facts[name], collect);
    const room = await chat.store.saveVisitor(key, facts, chat.now());
    if (room && (facts.name ?? facts.email) !== undefined) chat.audience.tell({ type: "room_updated", room });
  } catch {
    // The next visit reports it again.
  }
}

const collected = ["page", "referrer", "device"] as const, addresses = ["page", "referrer"] as const;

async function factsOf(chat: Chat, { admin }: RoomKey, said: Said, known: VisitorRecord | undefined) {
  const { asked, userAgent } = said;
  const { collect } = await chatbotOf(chat, admin);
  const { page, locale, time_zone, attributes } = asked;
  const facts: VisitorPatch = {
    page: collect.page ? keptAddress(page?.url, collect) : null,
    referrer: collect.referrer ? keptAddress(page?.referrer, collect) : null,
    device: collect.device ? deviceOf(userAgent ?? "") : null,
    locale,
    time_zone,
    attributes,
    ...whoItIs(said, known),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

/** Facts from the visitor are unverified, and never replace those from the host site. */
function whoItIs(
  { asked, identity, identified }: Said,
  known: VisitorRecord | undefined,
): VisitorPatch {
  if (identity) {
    // An earlier self-declared name under this id would otherwise appear as verified.
    const unsaid = known && !known.verified ? null : undefined;
    const { name = unsaid, email = unsaid, attributes } = identity;
    const isNone = attributes && Object.keys(attributes).length === 0;
    return { name, email, verified_attributes: isNone ? null : attributes, verified: true };
  }
  if (identified) return { verified: true };
  const { name, email } = asked;
  return (name === undefined && email === undefined) ? {} : { name, email, verified: false };
}

/**
 * The storable part of a page's address: http(s) only, without credentials and fragment, which may contain tokens,
 * and with the query only where the admin enables it. Nothing for other addresses.
 */
function keptAddress(text: string | undefined, { query }: { query: boolean }): string | undefined {
  const url = URL.parse(text ?? "");
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return url.origin + url.pathname + (query ? url.search : "");
}
