import { jwtVerify } from "jose/jwt/verify";
import type { Store } from "../db/store.ts";
import { isBlank, isStorable } from "../protocol/text.ts";
import type { Chat } from "./chat.ts";
import { IdentityRefused } from "./errors.ts";
import { existingAccount } from "./existing_account.ts";

/** A user of the host site, as its own server vouches for. */
export interface Identity {
  sub: string;
  name?: string;
  email?: string;
}

/** An identity token may last so long, and clocks may differ so much. Seconds. */
const maxLife = 86_400, maxSkew = 60;
const maxSubLength = 255;

/** A secret is its account's: an account of the same name that comes later does not inherit it. */
interface KeptSecret {
  secret: string;
  account: number;
}

const secretName = (admin: string) => `identity_secret ${admin}`;

/**
 * Makes the secret that the site's server signs its users' identities with, in place of any former one: tokens signed
 * with that are void from now on. It is answered here and never again.
 * @throws {UnknownAdmin}
 */
export async function rollIdentitySecret(chat: Chat, admin: string): Promise<{ secret: string }> {
  const { username, created } = await existingAccount(chat, admin);
  const secret = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const kept: KeptSecret = { secret, account: created };
  await chat.store.replace(secretName(username), JSON.stringify(kept));
  return { secret };
}

/** The secret of an account that goes. */
export function forgetIdentitySecret(chat: Chat, username: string): Promise<void> {
  return chat.store.unkeep(secretName(username));
}

/** Who an identity token speaks of. @throws {IdentityRefused} with what is wrong with it */
export async function verifyIdentity(chat: Chat, admin: string, token: string): Promise<Identity> {
  const key = await secretOf(chat, admin);
  if (!key) throw new IdentityRefused("This chatbot has no identity secret yet: make one first");
  const { payload } = await jwtVerify(token, new TextEncoder().encode(key), {
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
  if (typeof sub !== "string" || sub === "" || sub.length > maxSubLength || !isStorable(sub)) {
    throw new IdentityRefused(`The identity token's sub is no text of 1 to ${maxSubLength} characters`);
  }
  return { sub, name: textOf(payload.name, 100), email: textOf(payload.email, 254) };
}

/**
 * The consumer id of a signed-in user: the same on every device, and known to nobody else. It hangs on a key that is
 * kept beside the rooms, so that neither a new identity secret nor a new service secret loses anybody's conversation.
 */
export async function consumerOf({ store }: Chat, admin: string, { sub }: Identity): Promise<string> {
  const text = new TextEncoder().encode(`${admin}\0${sub}`);
  const digest = await crypto.subtle.sign("HMAC", await keyOf(store), text);
  return base64url(new Uint8Array(digest).subarray(0, 24));
}

async function secretOf(chat: Chat, admin: string): Promise<string | undefined> {
  const { username, created } = await existingAccount(chat, admin);
  const text = await chat.store.kept(secretName(username));
  if (text === undefined) return undefined;
  const { secret, account }: KeptSecret = JSON.parse(text);
  return account === created ? secret : undefined;
}

async function keyOf(store: Store): Promise<CryptoKey> {
  const fresh = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const kept = await store.keep("identity_key", fresh);
  const bytes = new TextEncoder().encode(kept);
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** In words for whoever builds the site; the token itself never stands in them. */
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

function textOf(claim: unknown, maxLength: number): string | undefined {
  if (typeof claim !== "string" || !isStorable(claim) || isBlank(claim)) return undefined;
  return claim.trim().slice(0, maxLength).toWellFormed() || undefined;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
