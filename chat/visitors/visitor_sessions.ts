import { isUnguessable } from "../../protocol/unguessable.ts";
import type { OpenSession } from "../../protocol/requests.ts";
import type { VisitorProfile } from "../../protocol/records.ts";
import type { Account, RoomKey } from "../../db/store.ts";
import { chargeVisit } from "../limits/charges.ts";
import { refuseBlocked } from "./blocks.ts";
import { passChallenge } from "../limits/challenge.ts";
import type { Chat } from "../chat.ts";
import { countNewId, refuseUsername } from "./consumer_ids.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import { IdentityRequired, NotSignedIn } from "../errors.ts";
import { existingAccount, isOwner } from "../accounts/existing_account.ts";
import { consumerOf, verifyIdentity, vouchingOf } from "./identity.ts";
import { mergeEarlier } from "./merging.ts";
import { checkAttributes } from "./attributes.ts";
import { isVerified } from "./visitor_policy.ts";
import type { Vouched } from "../tokens.ts";
import { keepFacts } from "./visitor_facts.ts";

const lifeMs = 86_400_000;

/** How a visitor proves who it is. `vouchedConsumer`: an id that the caller has already verified. */
export type AskedSession = OpenSession & { vouchedConsumer?: string; userAgent?: string; address?: string };

export interface VisitorSession {
  consumer: string;
  token: string;
  /** ISO 8601. */
  expires: string;
  /** The identity of the visitor, if known. */
  visitor?: VisitorProfile;
  /** The anonymous consumer id whose conversation goes on in this one. */
  merged_from?: string;
}

/**
 * Opens or renews the session of an admin's visitor, for a day, or until the identity token expires.
 * @throws {UnknownAdmin}
 * @throws {InvalidInput} for too many attributes
 * @throws {NotSignedIn} if the visitor cannot prove the consumer id it names
 * @throws {IdentityRefused} for an invalid identity token: nobody continues under another identity unnoticed
 * @throws {IdentityRequired} if the chatbot requires one, or an identity token has opened this visitor's room before
 * @throws {Forbidden} if the admin has blocked this visitor
 * @throws {ChallengeRequired} if a new visitor has to solve a challenge first
 */
export async function openVisitorSession(
  chat: Chat,
  admin: string,
  asked: AskedSession,
): Promise<VisitorSession> {
  checkAttributes(asked);
  const account = await existingAccount(chat, admin), { username } = account;
  const identity = asked.identity === undefined
    ? undefined
    : await verifyIdentity(chat, account, asked.identity);
  const { consumer, vouched, ends, proved } = identity
    ? {
      consumer: await consumerOf(chat, account, identity),
      vouched: identity.vouched,
      ends: identity.expires,
      proved: true,
    }
    : await provenNow(chat, account, asked);
  const key = { admin: username, consumer }, identified = vouched !== undefined;
  if (!identified && await needsIdentity(chat, key)) throw new IdentityRequired();
  chargeVisit(chat, key);
  refuseUsername(key);
  await refuseBlocked(chat, key);
  const mayMakeRoom = await mayMakeRoomOf(chat, key, { proved, asked });
  const { userAgent, address } = asked;
  await keepFacts(chat, key, { asked, account: account.id, identity, identified, userAgent, address });
  // Rounded to a second, because tokens have a resolution of a second.
  const expires = Math.floor(Math.min(chat.now() + lifeMs, ends ?? Infinity) / 1_000) * 1_000;
  const token = await chat.tokens.signVisitor(account, consumer, expires, {
    vouched,
    proved: mayMakeRoom,
  });
  const merged_from = identity && asked.token !== undefined
    ? await mergeEarlier(chat, account, { consumer, token: asked.token })
    : undefined;
  const own = { consumer, token, expires: new Date(expires).toISOString() };
  const session = merged_from === undefined ? own : { ...own, merged_from };
  const visitor = await profileOf(chat, key);
  return visitor ? { ...session, visitor } : session;
}

async function needsIdentity(chat: Chat, key: RoomKey): Promise<boolean> {
  if ((await chatbotOf(chat, key.admin)).require_identity) return true;
  return await isVerified(chat, key);
}

interface Proven {
  consumer: string;
  vouched?: Vouched;
  /** Expiry of the identity. Milliseconds since 1970. */
  ends?: number;
  /** It has solved a challenge before. */
  proved: boolean;
}

/** The consumer id that a proven one leads to, if its conversation was merged into another one. */
async function provenNow(chat: Chat, account: Account, asked: AskedSession): Promise<Proven> {
  const proven = await provenConsumer(chat, account, asked);
  const consumer = await chat.store.consumerNow({ admin: account.username, consumer: proven.consumer });
  return { ...proven, consumer };
}

/** A named consumer id needs a proof: it is unguessable, or the token is its own. A token alone names its own id. */
async function provenConsumer(chat: Chat, account: Account, asked: AskedSession): Promise<Proven> {
  const { consumer, token, vouchedConsumer } = asked;
  if (vouchedConsumer !== undefined) return { consumer: vouchedConsumer, proved: false };
  const claims = token === undefined ? undefined : await chat.tokens.verify(token);
  const own = claims?.kind === "visitor" && claims.admin === account.username && isOwner(account, claims)
    ? claims
    : undefined;
  if (own !== undefined && own.consumer === (consumer ?? own.consumer)) {
    const vouched = await vouchingOf(chat, account, own);
    const ends = vouched && own.expires;
    return { consumer: own.consumer, vouched, ends, proved: own.proved === true };
  }
  if (consumer !== undefined && isUnguessable(consumer)) {
    await countIfNew(chat, { admin: account.username, consumer }, asked.address);
    return { consumer, proved: false };
  }
  if (consumer === undefined && token === undefined) return { consumer: crypto.randomUUID(), proved: false };
  throw new NotSignedIn(
    consumer === undefined
      ? "This visitor token is not good here, or no longer"
      : "A consumer id that can be guessed needs its visitor token",
  );
}

async function countIfNew(chat: Chat, key: RoomKey, address: string | undefined): Promise<void> {
  if (address !== undefined && !await chat.store.room(key)) countNewId(chat, address);
}

/** An existing room needs no challenge, nor does a page that was only opened: its browser asks when it writes. */
async function mayMakeRoomOf(
  chat: Chat,
  key: RoomKey,
  { proved, asked }: { proved: boolean; asked: AskedSession },
): Promise<boolean> {
  if (!chat.challenges || proved) return proved;
  if (asked.vouchedConsumer !== undefined || await chat.store.room(key)) return false;
  await passChallenge(chat, asked.proof);
  return true;
}

async function profileOf(
  { store }: Chat,
  key: { admin: string; consumer: string },
): Promise<VisitorProfile | undefined> {
  const known = await store.visitor(key);
  if (known?.name === undefined && known?.email === undefined) return undefined;
  return { name: known.name, email: known.email, verified: known.verified ?? false };
}
