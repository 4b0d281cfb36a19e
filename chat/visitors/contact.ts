import type { ContactPatch, ContactSeen, RoomAndVisitor } from "../../protocol/portal.ts";
import { maxContactFields } from "../../protocol/limits.ts";
import { foldText } from "../../db/search_words.ts";
import type { Contact } from "../../db/visitor_store.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { ContactChanged, InvalidInput, UnknownRoom } from "../errors.ts";
import { demand } from "../permissions.ts";
import { wireRoom } from "../rooms/wire_room.ts";
import { roomOf, type Who } from "../who.ts";

const lines = ["name", "email", "phone", "company"] as const;

/** Contacts that a search looks through, and those read at once. */
const mostSearched = 2_000, atOnce = 100;

/**
 * Changes what agents wrote about a visitor, and nothing of what the visitor or the host site says.
 * @throws {Forbidden | NotAllowed | UnknownRoom} @throws {InvalidInput} for too many fields
 * @throws {ContactChanged} if a value that the caller expects is another by now
 */
export async function changeContact(
  chat: Chat,
  who: Who,
  consumer: string,
  patch: ContactPatch,
): Promise<{ room: RoomAndVisitor["room"]; contact: ContactSeen | null }> {
  demand(who, "write");
  const key = roomOf(who, consumer), by = who.kind === "admin" ? who.agent.id : "";
  const before = await chat.store.room(key);
  if (!before) throw new UnknownRoom(consumer);
  let contact: Contact | null = null;
  const room = await chat.store.saveContact(key, (now) => {
    refuseChanged(now, patch.expect);
    return contact = patched(now, patch, { by, at: chat.now() });
  }, before.active);
  if (!room) throw new UnknownRoom(consumer);
  chat.audience.tell({ type: "room_updated", room });
  // What changed, and no value of it.
  const { expect: _, fields, ...changed } = patch,
    names = [...Object.keys(changed), ...Object.keys(fields ?? {})];
  await audit(chat, who, { act: "contact_changed", target: consumer, detail: { fields: names } });
  return { room: wireRoom(chat.audience, room), contact: contact && contactSeen(contact) };
}

function refuseChanged(now: Contact | undefined, expect: ContactPatch["expect"]): void {
  if (!expect) return;
  const isSame = (a: string | null | undefined, b: string | null | undefined) => (a ?? null) === (b ?? null);
  const isExpected = lines.every((line) => expect[line] === undefined || isSame(expect[line], now?.[line])) &&
    Object.entries(expect.fields ?? {}).every(([name, value]) => isSame(value, now?.fields?.[name]));
  if (!isExpected) throw new ContactChanged(now ? contactSeen(now) : null);
}

/** A contact with a patch applied; null once nothing is left of it. */
function patched(
  now: Contact | undefined,
  patch: ContactPatch,
  { by, at }: { by: string; at: number },
): Contact | null {
  const fields = without({ ...now?.fields, ...patch.fields });
  if (Object.keys(fields).length > maxContactFields) {
    throw new InvalidInput({ fields: `at most ${maxContactFields}` });
  }
  const texts = without(
    Object.fromEntries(lines.map((line) => [line, patch[line] === undefined ? now?.[line] : patch[line]])),
  );
  const hasFields = Object.keys(fields).length > 0;
  if (!hasFields && Object.keys(texts).length === 0) return null;
  return { ...texts, ...(hasFields && { fields }), by, at };
}

function without(values: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => value ? [[name, value]] : []));
}

export function contactSeen({ at, ...contact }: Contact): ContactSeen {
  return { ...contact, changed: new Date(at).toISOString() };
}

/** Ids of at most `most` visitors whose contact has this text in it; a telephone number however it is spaced. */
export async function contactsLike(
  { store }: Pick<Chat, "store">,
  admin: string,
  q: string,
  most: number,
): Promise<string[]> {
  const wanted = foldText(q), digits = q.replace(/\D/g, ""), found: string[] = [];
  const isLike = ({ name, email, phone = "", company, fields }: Contact) =>
    [name, email, phone, company, ...Object.values(fields ?? {})].some((text) =>
      text && foldText(text).includes(wanted)
    ) ||
    (digits.length > 3 && /^[\d\s()+./-]+$/.test(q) && phone.replace(/\D/g, "").includes(digits));
  let after: string | undefined;
  for (let looked = 0; looked < mostSearched && found.length < most; looked += atOnce) {
    const some = await store.contacts(admin, after, atOnce);
    found.push(...some.filter(({ contact }) => isLike(contact)).map(({ consumer }) => consumer));
    if (some.length < atOnce) break;
    after = some.at(-1)!.consumer;
  }
  return found.slice(0, most);
}
