import type { SessionSeen } from "../../protocol/portal.ts";
import { maxPageBytes } from "../../protocol/limits.ts";
import { cutList } from "../../db/byte_budget.ts";
import { membershipsOf } from "../../db/collections/members.ts";
import type { Account } from "../../db/store.ts";
import { auditIn } from "../audit/audit.ts";
import { memberOf } from "../team/members.ts";
import type { Chat } from "../chat.ts";
import { deviceOf } from "../visitors/device.ts";
import { existingAccount, isOwner } from "./existing_account.ts";
export { openVisitorSession } from "../visitors/visitor_sessions.ts";

const lifeMs = 14 * 86_400_000;

/** Signs an admin in. `expires`: ISO 8601; `from` is shown in the list of sessions. @throws {UnknownAdmin} */
export async function startSession(
  chat: Chat,
  username: string,
  from: { agent?: string; address?: string },
): Promise<{ username: string; token: string; expires: string }> {
  const account = await existingAccount(chat, username);
  const jti = crypto.randomUUID(), created = chat.now();
  // Rounded to a second, because tokens have a resolution of a second.
  const expires = Math.floor((created + lifeMs) / 1_000) * 1_000;
  await chat.store.openSession({ jti, username, created, expires, ...from });
  const token = await chat.tokens.signAdmin(account, jti, expires);
  await recordSignIn(chat, account);
  return { username, token, expires: new Date(expires).toISOString() };
}

/** In the audit log of each workspace that has this account as a member. */
async function recordSignIn(chat: Chat, { username, id }: Pick<Account, "username" | "id">): Promise<void> {
  const own = await memberOf(chat, username, username);
  const others = await membershipsOf(chat.store, username);
  const all = [...own ? [own] : [], ...others.filter(({ workspace }) => workspace !== username)];
  await Promise.all(
    all.filter(({ account }) => account === id).map((member) =>
      auditIn(chat, member.workspace, { act: "signed_in", by: { id: member.id, username } })
    ),
  );
}

/** The session of an account. `created`, its sign-in, and `expires`: milliseconds since 1970. */
export interface LiveSession {
  username: string;
  jti: string;
  created: number;
  expires: number;
}

/** The session of this token; `undefined` unless it is signed for this account and neither expired nor ended. */
export async function adminOf(chat: Chat, token: string): Promise<LiveSession | undefined> {
  return (await signedInWith(chat, token))?.session;
}

/** The session of this token, as `adminOf`, and the id of its account. */
export async function signedInWith(
  chat: Chat,
  token: string,
): Promise<{ session: LiveSession; account: string } | undefined> {
  const claims = await chat.tokens.verify(token);
  if (claims?.kind !== "admin") return undefined;
  const [session, account] = await Promise.all([
    chat.store.session(claims.jti),
    chat.store.account(claims.username),
  ]);
  const isGood = session?.username === claims.username && session.ended === undefined &&
    session.expires > chat.now() && account !== undefined && isOwner(account, claims);
  if (!isGood) return undefined;
  const { username, jti, created, expires } = session;
  return { session: { username, jti, created, expires }, account: account.id };
}

/** The valid sessions of an admin, newest first, as many as one answer holds. `current`: the one that asks. */
export async function liveSessions(
  chat: Chat,
  username: string,
  current: string,
): Promise<{ sessions: SessionSeen[]; has_more: boolean }> {
  const live = (await chat.store.sessions(username)).filter(({ expires }) => expires > chat.now());
  const all = live.map(({ jti, created, expires, agent, address }) => ({
    id: jti,
    created: new Date(created).toISOString(),
    expires: new Date(expires).toISOString(),
    agent: deviceOf(agent) ?? agent,
    address,
    current: jti === current,
  }));
  const sessions = cutList(all, maxPageBytes);
  return { sessions, has_more: sessions.length < all.length };
}

/** Ends the session that asks, and closes its sockets. Returns whether it existed. */
export async function endSession(chat: Chat, username: string, jti: string): Promise<boolean> {
  return (await end(chat, username, { only: jti })).length > 0;
}

/** Ends another session: that browser may be lost, so its push subscription goes too. */
export async function endSessionElsewhere(chat: Chat, username: string, jti: string): Promise<boolean> {
  const jtis = await end(chat, username, { only: jti });
  await wakeNobody(chat, username);
  return jtis.length > 0;
}

/** Ends all sessions of an admin, or all but one, with their sockets and push subscriptions. */
export async function endAllSessions(chat: Chat, username: string, except?: string): Promise<void> {
  await end(chat, username, { except });
  await wakeNobody(chat, username);
}

/** Subscriptions are not linked to sessions: all are removed, and browsers that stay signed in subscribe again. */
async function wakeNobody({ store }: Chat, username: string): Promise<void> {
  const addresses = await store.pushes(username);
  await Promise.all(addresses.map(({ endpoint }) => store.dropPush(username, endpoint)));
}

async function end(chat: Chat, username: string, which: { only?: string; except?: string }) {
  const jtis = await chat.store.endSessions(username, chat.now(), which);
  if (jtis.length > 0) chat.audience.tell({ type: "sessions_ended", username, jtis });
  return jtis;
}
