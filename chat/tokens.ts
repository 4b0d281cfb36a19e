import type { JWTVerifyResult } from "jose";
import type { Account } from "../db/store.ts";

/** The account that a token is issued for. */
export type Owner = Pick<Account, "username" | "id">;

/** What a token says about its account: the name may have belonged to another account when it was signed. */
export interface OwnerClaims {
  /** The account's id; absent in tokens of versions without account ids. */
  account?: string;
  /** Milliseconds since 1970, in whole seconds. */
  issued: number;
}

/** The subject of a signed token. Times in milliseconds since 1970. */
export interface AdminToken extends OwnerClaims {
  kind: "admin";
  username: string;
  jti: string;
  expires: number;
}
export interface VisitorToken extends OwnerClaims {
  kind: "visitor";
  admin: string;
  consumer: string;
  expires: number;
  /** The host site has authenticated this visitor by an identity token. */
  identified?: true;
  /** When, and by which secret; absent in tokens of earlier versions. */
  vouched?: Vouched;
  /** This visitor has solved a challenge. */
  proved?: true;
}

/** The identity token that authenticated a visitor. */
export interface Vouched {
  /** Milliseconds since 1970. */
  at: number;
  /** Fingerprint of the secret that signed it. */
  secret: string;
}

/** Signs with the current secret, verifies with it and with the previous one. HS256, `iss: "parlor"`, `aud` pinned. */
export interface Tokens {
  signAdmin(owner: Owner, jti: string, expires: number): Promise<string>;
  signVisitor(
    owner: Owner,
    consumer: string,
    expires: number,
    about?: { vouched?: Vouched; proved?: boolean },
  ): Promise<string>;
  /** The token's claims; `undefined` for anything forged, expired, for another audience, or malformed. Never throws. */
  verify(token: string): Promise<AdminToken | VisitorToken | undefined>;
  /** Marks a browser that has signed in to this account: grants no access, only distinguishes it from strangers. */
  signDevice(owner: Owner, expires: number): Promise<string>;
  deviceOf(token: string): Promise<OwnerClaims & { username: string } | undefined>;
  /** For the browser that first opened the test page under a guessable name. */
  signTester(tester: string, expires: number): Promise<string>;
  testerOf(token: string): Promise<string | undefined>;
  /** For a challenge of this difficulty. */
  signChallenge(bits: number, expires: number): Promise<string>;
  challengeOf(token: string): Promise<{ jti: string; bits: number; expires: number } | undefined>;
  /** For one export by this session. */
  signExport(username: string, session: string, expires: number): Promise<string>;
  exportOf(
    token: string,
  ): Promise<{ username: string; session: string; jti: string; expires: number } | undefined>;
}

type Audience = "admin" | "visitor" | "device" | "tester" | "challenge" | "export";

const issuer = "parlor";
const algorithm = "HS256";

/** Imports the secrets once. `now` in milliseconds since 1970. */
export async function openTokens(secret: string, previous?: string, now = Date.now): Promise<Tokens> {
  const current = await keyOf(secret);
  const keys = previous === undefined ? [current] : [current, await keyOf(previous)];

  // Loaded with the first token, so that the start does not wait for it.
  const sign = async (audience: Audience, subject: string, jti: string, expires: number, claims = {}) =>
    new (await import("jose/jwt/sign")).SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: "JWT" })
      .setIssuer(issuer).setAudience(audience).setSubject(subject).setJti(jti)
      .setIssuedAt(seconds(now())).setExpirationTime(seconds(expires)).sign(current);

  /** No leeway: expired tokens are invalid at once, as on the sockets, which close at that moment. */
  async function verified(token: string, audience: Audience[]): Promise<JWTVerifyResult | undefined> {
    const requiredClaims = ["sub", "exp", "iat", "jti"];
    const options = {
      algorithms: [algorithm],
      issuer,
      audience,
      requiredClaims,
      currentDate: new Date(now()),
    };
    const { jwtVerify } = await import("jose/jwt/verify");
    for (const key of keys) {
      try {
        return await jwtVerify(token, key, options);
      } catch {
        // Not signed by this key: the next one is tried.
      }
    }
  }

  return {
    signAdmin: ({ username, id }, jti, expires) =>
      sign("admin", username, jti, expires, { account: id, hostCookie: true }),
    signVisitor: ({ username, id }, consumer, expires, { vouched, proved = false } = {}) =>
      sign("visitor", consumer, crypto.randomUUID(), expires, {
        admin: username,
        account: id,
        ...(vouched && { identified: true, vouched: { at: seconds(vouched.at), secret: vouched.secret } }),
        ...(proved && { proved }),
      }),
    async verify(token) {
      const result = await verified(token, ["admin", "visitor"]);
      return result && claimsOf(result);
    },
    signDevice: ({ username, id }, expires) =>
      sign("device", username, crypto.randomUUID(), expires, { account: id }),
    async deviceOf(token) {
      const result = await verified(token, ["device"]);
      return result && { username: result.payload.sub!, ...ownerClaims(result) };
    },
    signTester: (tester, expires) => sign("tester", tester, crypto.randomUUID(), expires),
    async testerOf(token) {
      return (await verified(token, ["tester"]))?.payload.sub;
    },
    signChallenge: (bits, expires) => sign("challenge", `${bits}`, crypto.randomUUID(), expires),
    async challengeOf(token) {
      const result = await verified(token, ["challenge"]);
      if (!result) return undefined;
      const { jti, sub, exp } = result.payload;
      return { jti: jti!, bits: Number(sub), expires: exp! * 1_000 };
    },
    signExport: (username, session, expires) =>
      sign("export", username, crypto.randomUUID(), expires, { session }),
    async exportOf(token) {
      const result = await verified(token, ["export"]);
      if (!result) return undefined;
      const { jti, sub, exp, session } = result.payload;
      return { username: sub!, session: String(session), jti: jti!, expires: exp! * 1_000 };
    },
  };
}

/**
 * Whether a session's token is of a version whose cookie on https has a prefix. Read without checking the signature:
 * `verify` decides whether it is a token at all.
 */
export function hasHostCookie(token: string): boolean {
  try {
    const claims = Uint8Array.fromBase64(token.split(".")[1]!, { alphabet: "base64url" });
    return JSON.parse(new TextDecoder().decode(claims)).hostCookie === true;
  } catch {
    return false;
  }
}

/** An `aud` with both audiences matches neither, and no token of ours has an extension (`crit`). */
function claimsOf(result: JWTVerifyResult): AdminToken | VisitorToken | undefined {
  const { payload, protectedHeader } = result;
  const { aud, sub, jti, exp, admin, identified, vouched, proved } = payload;
  if ("crit" in protectedHeader || typeof sub !== "string" || typeof jti !== "string") return undefined;
  const expires = exp! * 1_000;
  if (aud === "admin") return { kind: "admin", username: sub, ...ownerClaims(result), jti, expires };
  if (aud === "visitor" && typeof admin === "string") {
    return {
      kind: "visitor",
      admin,
      ...ownerClaims(result),
      consumer: sub,
      expires,
      ...(identified === true && { identified }),
      ...(identified === true && isVouched(vouched) && { vouched: { ...vouched, at: vouched.at * 1_000 } }),
      ...(proved === true && { proved }),
    };
  }
}

function ownerClaims({ payload: { account, iat } }: JWTVerifyResult): OwnerClaims {
  return { ...(typeof account === "string" && { account }), issued: iat! * 1_000 };
}

function isVouched(claim: unknown): claim is Vouched {
  const { at, secret } = (claim ?? {}) as Partial<Vouched>;
  return typeof at === "number" && typeof secret === "string";
}

const seconds = (ms: number) => Math.floor(ms / 1_000);

function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}
