import { isUnguessable } from "../protocol/unguessable.ts";
import type { OpenSession } from "../protocol/requests.ts";
import type { VisitorProfile } from "../protocol/records.ts";
import type { RoomKey } from "../db/store.ts";
import { payForVisit } from "./allowance.ts";
import { refuseBlocked } from "./blocks.ts";
import { passChallenge } from "./challenge.ts";
import type { Chat } from "./chat.ts";
import { countNewId, refuseUsername } from "./consumer_ids.ts";
import { chatbotOf } from "./chatbots.ts";
import { IdentityRequired, NotSignedIn } from "./errors.ts";
import { existingAccount } from "./existing_account.ts";
import { consumerOf, verifyIdentity } from "./identity.ts";
import { keepFacts } from "./visitor_facts.ts";

const lifeMs = 86_400_000;

/** How a visitor says who it is. `vouchedConsumer`: an id that the caller has proved to be this visitor's. */
export type AskedSession = OpenSession & { vouchedConsumer?: string; userAgent?: string; address?: string };

export interface VisitorSession {
  consumer: string;
  token: string;
  /** ISO 8601. */
  expires: string;
  /** Who the visitor is, if anybody has said. */
  visitor?: VisitorProfile;
}

/**
 * Opens or renews the session of an admin's visitor, for a day.
 * @throws {UnknownAdmin}
 * @throws {NotSignedIn} if the visitor proves nothing of who it says it is
 * @throws {IdentityRefused} for an identity token that is not good: nobody goes on as somebody else than they think
 * @throws {IdentityRequired} if the chatbot wants one
 * @throws {Forbidden} if the admin has blocked this visitor
 * @throws {ChallengeRequired} if a new visitor has to do something first
 */
export async function openVisitorSession(
  chat: Chat,
  admin: string,
  asked: AskedSession,
): Promise<VisitorSession> {
  const { username } = await existingAccount(chat, admin);
  const identity = asked.identity === undefined
    ? undefined
    : await verifyIdentity(chat, username, asked.identity);
  const { consumer, identified, proved } = identity
    ? { consumer: await consumerOf(chat, username, identity), identified: true, proved: true }
    : await provenConsumer(chat, username, asked);
  if (!identified && (await chatbotOf(chat, username)).require_identity) throw new IdentityRequired();
  const key = { admin: username, consumer };
  payForVisit(chat, key);
  refuseUsername(key);
  await refuseBlocked(chat, key);
  const mayMakeRoom = await mayMakeRoomOf(chat, key, { proved, asked });
  const { userAgent, address } = asked;
  await keepFacts(chat, key, { asked, identity, identified, userAgent, address });
  // A whole second, since a token counts in seconds.
  const expires = Math.floor((chat.now() + lifeMs) / 1_000) * 1_000;
  const token = await chat.tokens.signVisitor(username, consumer, expires, {
    identified,
    proved: mayMakeRoom,
  });
  const session = { consumer, token, expires: new Date(expires).toISOString() };
  const visitor = await profileOf(chat, key);
  return visitor ? { ...session, visitor } : session;
}

interface Proven {
  consumer: string;
  identified: boolean;
  /** It has solved a challenge before. */
  proved: boolean;
}

/** A named consumer id needs a proof: nobody can guess it, or the token is its own. A token alone names its own. */
async function provenConsumer(chat: Chat, admin: string, asked: AskedSession): Promise<Proven> {
  const { consumer, token, vouchedConsumer } = asked;
  if (vouchedConsumer !== undefined) return { consumer: vouchedConsumer, identified: false, proved: false };
  const claims = token === undefined ? undefined : await chat.tokens.verify(token);
  const own = claims?.kind === "visitor" && claims.admin === admin ? claims : undefined;
  if (own !== undefined && own.consumer === (consumer ?? own.consumer)) {
    return { consumer: own.consumer, identified: own.identified === true, proved: own.proved === true };
  }
  if (consumer !== undefined && isUnguessable(consumer)) {
    await countIfNew(chat, { admin, consumer }, asked.address);
    return { consumer, identified: false, proved: false };
  }
  if (consumer === undefined && token === undefined) {
    return { consumer: crypto.randomUUID(), identified: false, proved: false };
  }
  throw new NotSignedIn(
    consumer === undefined
      ? "This visitor token is not good here, or no longer"
      : "A consumer id that can be guessed needs its visitor token",
  );
}

async function countIfNew(chat: Chat, key: RoomKey, address: string | undefined): Promise<void> {
  if (address !== undefined && !await chat.store.room(key)) countNewId(chat, address);
}

/** A room that is there needs no challenge, nor does a page that was only opened: its browser will ask for itself. */
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
