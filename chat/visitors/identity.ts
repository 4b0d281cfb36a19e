import { jwtVerify } from "jose/jwt/verify";
import type { Account, Store } from "../../db/store.ts";
import { isBlank, isStorable } from "../../protocol/text.ts";
import { areTooMany, mostAttributes } from "./attributes.ts";
import type { Chat } from "../chat.ts";
import { IdentityRefused } from "../errors.ts";
import { existingAccount } from "../accounts/existing_account.ts";
import type { VisitorToken, Vouched } from "../tokens.ts";

/** A user of the host site, as its own server vouches for. */
export interface Identity {
  sub: string;
  name?: string;
  email?: string;
  attributes?: Record<string, string>;
  vouched: Vouched;
  /** When what the token says ends. Milliseconds since 1970. */
  expires: number;
}

/** An identity token may last so long, and clocks may differ so much. Seconds. */
const maxLife = 86_400, maxSkew = 60;
const maxSubLength = 255;

/** A secret is its account's: an account of the same name that comes later does not inherit it. */
interface KeptSecret {
  secret: string;
  /** The account's id; of former versions, when it was created. */
  account: string | number;
  /** When it was made; of former versions unknown. Milliseconds since 1970. */
  made?: number;
}

/** Under which name an admin's identity secret is kept. */
export const secretName = (admin: string) => `identity_secret ${admin}`;

/**
 * Makes the secret that the site's server signs its users' identities with, in place of any former one: tokens signed
 * with that are void from now on, and so is all that they have opened. It is answered here and never again.
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

/** The secret of an account that goes. */
export function forgetIdentitySecret(chat: Chat, username: string): Promise<void> {
  return chat.store.unkeep(secretName(username));
}

/** Who an identity token speaks of. @throws {IdentityRefused} with what is wrong with it */
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

/** A token that a difference of clocks alone keeps alive lasts as long as that may be. */
function endOf(exp: number, now: number): number {
  const end = Math.floor(exp) * 1_000;
  return end > now ? end : end + maxSkew * 1_000;
}

/**
 * What is left of the vouching that a visitor's token carries: nothing, once the secret it was signed with was replaced.
 * A token of a former version does not say which that was; any that was made after it is another one.
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
 * The consumer id of a signed-in user: the same on every device, and known to nobody else. It hangs on a key that is
 * kept beside the rooms, so that neither a new identity secret nor a new service secret loses anybody's conversation;
 * and on the account's id, so that it is another one under the next owner of the name. For accounts that are older than
 * their ids it hangs on the name, as it always has.
 */
export async function consumerOf(
  { store }: Chat,
  { username, id, legacy }: Account,
  { sub }: Pick<Identity, "sub">,
): Promise<string> {
  // No username holds a space: an id never passes for one.
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

/** Names a secret without telling anything of it: it is 256 random bits. */
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

/** Texts, numbers and truth values by their names; anything else is left out. @throws {IdentityRefused} */
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
