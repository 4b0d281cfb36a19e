import type { VisitorPatch, VisitorRecord } from "../../db/visitor_store.ts";
import { nameOf } from "../../db/room_name.ts";
import type { RoomKey, Store } from "../../db/store.ts";
import type { OpenSession } from "../../protocol/requests.ts";
import type { Chat } from "../chat.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import { deviceOf } from "./device.ts";
import type { Identity } from "./identity.ts";

/** What a visitor's browser says of itself, beside what it asks. */
export interface Said {
  asked: OpenSession;
  /** The id of the admin's account. */
  account: string;
  /** Who the host site's server says it is. */
  identity?: Identity;
  /** The host site's server has vouched for it, now or before. */
  identified: boolean;
  userAgent?: string;
  address?: string;
}

/** How old what is said of when a visitor was seen last may be. Milliseconds. */
const seenEveryMs = 300_000;

/**
 * Keeps what is known of a visitor. Nothing is stored of someone who only looks: there is a room, or a name was given,
 * or the host site vouches for one. Until then it is remembered for a while, in case that visitor begins to write.
 */
export async function keepFacts(chat: Chat, key: RoomKey, said: Said): Promise<void> {
  const { asked, identity } = said;
  const isSomebody = (identity ?? asked).name !== undefined || (identity ?? asked).email !== undefined;
  const known = await chat.store.visitor(key);
  const facts = await factsOf(chat, key, said, known);
  const before = await chat.store.room(key);
  // That it was vouched for is kept in any case: from then on its room opens to nobody else.
  const isKept = said.identified || before || (isSomebody && await mayBeNew(chat, key, said));
  if (!isKept) return remember(chat.store, key, { facts, account: said.account });
  if (isKnown(known, facts, chat.now())) return;
  const room = await chat.store.saveVisitor(key, facts, chat.now());
  if (said.identified && !known?.verified) chat.audience.tell({ type: "visitor_vouched", key });
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

interface Remembered {
  facts: VisitorPatch;
  /** The id of the account that it was said to. */
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

/** A visitor has begun to write: what was remembered is kept now. Never fails. */
export async function keepRemembered(chat: Chat, key: RoomKey): Promise<void> {
  const text = remembered.get(chat.store)?.get(nameOf(key));
  if (text === undefined) return;
  remembered.get(chat.store)!.delete(nameOf(key));
  const { facts, account }: Remembered = JSON.parse(text);
  try {
    if ((await chat.store.account(key.admin))?.id !== account) return;
    // The admin may have switched it off since.
    const { collect } = await chatbotOf(chat, key.admin);
    for (const name of collected) if (!collect[name]) delete facts[name];
    for (const name of addresses) if (facts[name]) facts[name] = keptAddress(facts[name], collect);
    const room = await chat.store.saveVisitor(key, facts, chat.now());
    if (room && (facts.name ?? facts.email) !== undefined) chat.audience.tell({ type: "room_updated", room });
  } catch {
    // The next visit says it again.
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

/** What a visitor says of itself is never verified, and never replaces what the host site's server has said. */
function whoItIs(
  { asked, identity, identified }: Said,
  known: VisitorRecord | undefined,
): VisitorPatch {
  if (identity) {
    // What somebody called itself under this id before would else stand there as verified.
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
 * The address of a page as it may be kept: of the web, without credentials and fragment, which are where tokens stand,
 * and with its query only where the admin asks for it. Nothing for what is no such address.
 */
function keptAddress(text: string | undefined, { query }: { query: boolean }): string | undefined {
  const url = URL.parse(text ?? "");
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return url.origin + url.pathname + (query ? url.search : "");
}
