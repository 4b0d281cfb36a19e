import { AlreadyThere } from "../../db/errors.ts";
import type { Account } from "../../db/store.ts";
import type { Login, Signup } from "../../protocol/requests.ts";
import { passChallenge } from "../limits/challenge.ts";
import type { Chat } from "../chat.ts";
import { BadCredentials, InvalidInput, SignupClosed, UsernameTaken } from "../errors.ts";
import { existingAccount, isOwner, normalUsername } from "./existing_account.ts";
import { checkPassword, type Lane } from "../passwords/passwords.ts";
import { adminOf, endAllSessions, endSession, startSession } from "./sessions.ts";

export { normalUsername } from "./existing_account.ts";

/**
 * Creates an account.
 * @throws {SignupClosed} @throws {InvalidInput} @throws {ChallengeRequired} @throws {UsernameTaken}
 * @throws {TooManyAttempts}
 */
export async function signUp(chat: Chat, { username, password, email, proof }: Signup): Promise<void> {
  if (!chat.signupOpen) throw new SignupClosed();
  checkSignup({ username, password });
  await passChallenge(chat, proof);
  // Checked before the hash, which is expensive; the store decides between two sign-ups at once.
  await refuseTaken(chat, username);
  const hash = await chat.passwords.hash(password);
  try {
    await chat.store.createAccount({ username, password: hash, email, created: chat.now() });
  } catch (error) {
    if (!(error instanceof AlreadyThere)) throw error;
    await refuseReserved(chat, username);
    throw taken(username);
  }
}

/** @throws {InvalidInput} for a reserved name or a weak password */
export function checkSignup({ username, password }: Pick<Signup, "username" | "password">): void {
  if (isReserved(username)) throw new InvalidInput({ username: "is reserved" });
  refuseWeak("password", password, username);
}

/** @throws {UsernameTaken} */
export async function refuseTaken(chat: Chat, username: string): Promise<void> {
  if (await chat.store.account(username)) throw taken(username);
  await refuseReserved(chat, username);
}

/** Websites keep embedding a deleted account's name, and visitors keep writing to it. @throws {UsernameTaken} */
async function refuseReserved({ store }: Chat, username: string): Promise<void> {
  if (await store.nameReservedSince(username) === undefined) return;
  throw new UsernameTaken(
    `The name ${JSON.stringify(username)} was a deleted account's and stays reserved. Take another one`,
  );
}

const taken = (username: string) => new UsernameTaken(`The name ${JSON.stringify(username)} is taken`);

/** The username of these credentials. An unknown name costs the same time. @throws {BadCredentials} @throws {TooManyAttempts} */
export async function checkCredentials(chat: Chat, login: Login): Promise<string> {
  return (await accountBy(chat, login)).username;
}

/** Starts a session by credentials; `from` is shown in the list of sessions. @throws {BadCredentials} @throws {TooManyAttempts} */
export async function signIn(
  chat: Chat,
  login: Login,
  from: Parameters<typeof startSession>[2],
  lane?: Lane,
) {
  const { username, password } = await accountBy(chat, login, lane);
  const session = await startSession(chat, username, from);
  if ((await chat.store.account(username))?.password === password) return session;
  // The password was changed after it was read, and this session was opened after all others were ended.
  const late = await adminOf(chat, session.token);
  if (late) await endSession(chat, username, late.jti);
  throw new BadCredentials();
}

/** Whether the browser with this device token has signed in to the account before. */
export async function isDeviceOf(chat: Chat, username: string, token: string): Promise<boolean> {
  const name = normalUsername(username), claims = await chat.tokens.deviceOf(token);
  if (name === undefined || claims?.username !== name) return false;
  const account = await chat.store.account(name);
  return account !== undefined && isOwner(account, claims);
}

async function accountBy(chat: Chat, { username, password }: Login, lane?: Lane): Promise<Account> {
  const name = normalUsername(username);
  const account = name === undefined ? undefined : await chat.store.account(name);
  const isRight = await chat.passwords.verify(password, account?.password, lane);
  if (!account || !isRight) throw new BadCredentials();
  return account;
}

/**
 * Changes the password and ends every session but `keepJti`.
 * @throws {BadCredentials} if `password` is wrong @throws {InvalidInput} @throws {TooManyAttempts}
 */
export async function changePassword(
  chat: Chat,
  username: string,
  { password, new_password }: { password: string; new_password: string },
  keepJti?: string,
): Promise<void> {
  const account = await existingAccount(chat, username);
  refuseWeak("new_password", new_password, account.username);
  if (!await chat.passwords.verify(password, account.password, "known")) throw new BadCredentials();
  await chat.store.setPassword(account.username, await chat.passwords.hash(new_password, "known"));
  await endAllSessions(chat, account.username, keepJti);
}

/** What an admin may read of its own account; `created` is ISO 8601. @throws {UnknownAdmin} */
export async function profile(
  chat: Chat,
  username: string,
): Promise<{ username: string; email?: string; created: string }> {
  const account = await existingAccount(chat, username);
  return {
    username: account.username,
    email: account.email,
    created: new Date(account.created).toISOString(),
  };
}

function refuseWeak(field: string, password: string, username: string): void {
  const problem = checkPassword(password, username);
  if (problem) throw new InvalidInput({ [field]: problem });
}

/** Reserved usernames: the service, its paths, and generic roles. Their owner could impersonate the service. */
const reserved = new Set(
  `abuse account accounts admin administrator admins anonymous api assets auth billing bot bots chat chatbot
  chatbots consumer consumers dashboard everybody everyone favicon healthz help hostmaster login logout messages
  metrics nobody none noreply no-reply null official operator parlor password portal postmaster privacy public
  readyz root room rooms security server service session sessions settings signin signout signup static status
  support superuser sysadmin system undefined unknown visitor visitors webmaster websocket widget www`.split(
    /\s+/,
  ),
);

/** Whether this name (in lower case) is reserved. */
function isReserved(username: string): boolean {
  return reserved.has(username);
}
