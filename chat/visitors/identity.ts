import { jwtVerify } from "jose/jwt/verify";
import type { Account, Store } from "../../db/store.ts";
import { isBlank, isStorable } from "../../protocol/text.ts";
import { areTooMany, mostAttributes } from "./attributes.ts";
import type { Chat } from "../chat.ts";
import { IdentityRefused } from "../errors.ts";
import { existingAccount } from "../accounts/existing_account.ts";
import type { VisitorToken, Vouched } from "../tokens.ts";

/** A user of the host site, as authenticated by its server. */
export interface Identity {
  sub: string;
  name?: string;
  email?: string;
  attributes?: Record<string, string>;
  vouched: Vouched;
  /** Expiry of the token. Milliseconds since 1970. */
  expires: number;
}

/** Longest validity of an identity token, and largest clock difference. Seconds. */
const maxLife = 86_400, maxSkew = 60;
const maxSubLength = 255;

/** A secret belongs to its account: a later account of the same name does not inherit it. */
interface KeptSecret {
  secret: string;
  /** The account's id; in earlier versions, its time of creation. */
  account: string | number;
  /** When it was created; unknown in earlier versions. Milliseconds since 1970. */
  made?: number;
}

/** Key under which an admin's identity secret is stored. */
export const secretName = (admin: string) => `identity_secret ${admin}`;

/**
 * Creates the secret with which the site's server signs its users' identities, and replaces any earlier one: tokens
 * signed with that, and sessions opened by them, are invalid from now on. It is returned here and never again.
 * @throws {UnknownAdmin}
 */
export async function rollIdentitySecret(chat: Chat, admin: string): Promise<{ secret: string }> {
  const { username, id } = await existingAccount(chat, admin);
  const secret = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const kept: KeptSecret = { secret, account: id, made: chat.now() };
  await chat.store.replace(secretName(username), JSON.stringify(kept));
  chat.audience.tell({ type: "identity_rolled", admin: username, secret: await fingerprintOf(secret) });
  return { secret };
}

/** Deletes the secret of a deleted account. */
export function forgetIdentitySecret(chat: Chat, username: string): Promise<void> {
  return chat.store.unkeep(secretName(username));
}

/** The subject of an identity token. @throws {IdentityRefused} with the reason */
export async function verifyIdentity(chat: Chat, account: Account, token: string): Promise<Identity> {
  const kept = await secretOf(chat, account);
  if (!kept) throw new IdentityRefused("This chatbot has no identity secret yet: make one first");
  const { payload } = await jwtVerify(token, new TextEncoder().encode(kept.secret), {
    algorithms: ["HS256"],
    requiredClaims: ["sub", "exp"],
    clockTolerance: maxSkew,
    currentDate: new Date(chat.now()),
  }).catch((error) => {
    throw new IdentityRefused(whatIsWrong(error));
  });
  if (payload.exp! - chat.now() / 1_000 > maxLife + maxSkew) {
    throw new IdentityRefused(
      "The identity token lasts longer than a day: set exp to a day from now at most",
    );
  }
  const { sub } = payload;
  if (typeof sub !== "string" || isBlank(sub) || sub.length > maxSubLength || !isStorable(sub)) {
    throw new IdentityRefused(`The identity token's sub is no text of 1 to ${maxSubLength} characters`);
  }
  return {
    sub,
    name: textOf(payload.name, 100),
    email: textOf(payload.email, 254),
    attributes: attributesOf(payload.attributes),
    vouched: { at: chat.now(), secret: await fingerprintOf(kept.secret) },
    expires: endOf(payload.exp!, chat.now()),
  };
}

/** A token that is valid only within the clock tolerance lasts as long as that. */
function endOf(exp: number, now: number): number {
  const end = Math.floor(exp) * 1_000;
  return end > now ? end : end + maxSkew * 1_000;
}

/**
 * The identity in a visitor's token, if it still holds: nothing once the secret that signed it was replaced.
 * A token of an earlier version does not name its secret; any secret created after it is another one.
 */
export async function vouchingOf(
  chat: Chat,
  account: Account,
  { identified, vouched, issued }: Pick<VisitorToken, "identified" | "vouched" | "issued">,
): Promise<Vouched | undefined> {
  const kept = identified && await secretOf(chat, account);
  if (!kept) return undefined;
  const secret = await fingerprintOf(kept.secret);
  if (vouched) return vouched.secret === secret ? vouched : undefined;
  return kept.made === undefined || issued >= kept.made ? { at: issued, secret } : undefined;
}

/**
 * The consumer id of a signed-in user: the same on every device, and unguessable. It is derived from a key that is
 * stored beside the rooms, so that neither a new identity secret nor a new service secret loses a conversation;
 * and from the account's id, so that the next owner of the name gets another one. For accounts older than account
 * ids it is derived from the name, as before.
 */
export async function consumerOf(
  { store }: Chat,
  { username, id, legacy }: Account,
  { sub }: Pick<Identity, "sub">,
): Promise<string> {
  // No username contains a space, so an id never equals one.
  const text = new TextEncoder().encode(`${legacy ? username : `account ${id}`}\0${sub}`);
  const digest = await crypto.subtle.sign("HMAC", await keyOf(store), text);
  return base64url(new Uint8Array(digest).subarray(0, 24));
}

async function secretOf(
  { store }: Chat,
  { username, id, created, legacy }: Account,
): Promise<KeptSecret | undefined> {
  const text = await store.kept(secretName(username));
  if (text === undefined) return undefined;
  const kept: KeptSecret = JSON.parse(text);
  return kept.account === id || (legacy && kept.account === created) ? kept : undefined;
}

/** Fingerprint of a secret. It reveals nothing: the secret is 256 random bits. */
async function fingerprintOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return base64url(new Uint8Array(digest).subarray(0, 12));
}

async function keyOf(store: Store): Promise<CryptoKey> {
  const fresh = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const kept = await store.kept("identity_key") ?? await store.keep("identity_key", fresh);
  const bytes = new TextEncoder().encode(kept);
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** The reason in words for the site's developer; never contains the token. */
function whatIsWrong(error: unknown): string {
  switch ((error as { code?: string }).code) {
    case "ERR_JWT_EXPIRED":
      return "The identity token has expired";
    case "ERR_JWS_SIGNATURE_VERIFICATION_FAILED":
      return "The identity token is not signed with this chatbot's identity secret";
    case "ERR_JWT_CLAIM_VALIDATION_FAILED":
      return `The identity token has no good ${(error as { claim?: string }).claim}`;
    case "ERR_JOSE_ALG_NOT_ALLOWED":
      return "The identity token is not signed with HS256";
    default:
      return "The identity token is no JWT";
  }
}

/** Strings, numbers and booleans by key; other values are left out. @throws {IdentityRefused} */
function attributesOf(claim: unknown): Record<string, string> | undefined {
  if (typeof claim !== "object" || claim === null || Array.isArray(claim)) return undefined;
  if (areTooMany(claim)) {
    throw new IdentityRefused(`The identity token has too many attributes: ${mostAttributes}`);
  }
  const kept = Object.entries(claim).flatMap(([name, value]) => {
    const text = typeof value === "object" ? undefined : textOf(`${value}`, 500),
      shortName = textOf(name, 64);
    return text === undefined || shortName === undefined ? [] : [[shortName, text]];
  });
  return Object.fromEntries(kept);
}

function textOf(claim: unknown, maxLength: number): string | undefined {
  if (typeof claim !== "string" || !isStorable(claim) || isBlank(claim)) return undefined;
  return claim.trim().slice(0, maxLength).toWellFormed() || undefined;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
