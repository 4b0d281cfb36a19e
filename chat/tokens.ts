import type { JWTVerifyResult } from "jose";

/** Who a signed token speaks for. Times in milliseconds since 1970. */
export interface AdminToken {
  kind: "admin";
  username: string;
  jti: string;
  expires: number;
}
export interface VisitorToken {
  kind: "visitor";
  admin: string;
  consumer: string;
  expires: number;
  /** The host site's server has vouched for this visitor. */
  identified?: true;
  /** This visitor has solved a challenge. */
  proved?: true;
}

/** Signs with the current secret, verifies with it and with the previous one. HS256, `iss: "parlor"`, `aud` pinned. */
export interface Tokens {
  signAdmin(username: string, jti: string, expires: number): Promise<string>;
  signVisitor(
    admin: string,
    consumer: string,
    expires: number,
    about?: { identified?: boolean; proved?: boolean },
  ): Promise<string>;
  /** The token's claims; `undefined` for anything forged, expired, of another audience, or no token at all. Never throws. */
  verify(token: string): Promise<AdminToken | VisitorToken | undefined>;
  /** For a browser that has signed in to this account: lets it in nowhere, only tells it from strangers. */
  signDevice(username: string, expires: number): Promise<string>;
  isDeviceOf(username: string, token: string): Promise<boolean>;
  /** For the browser that first opened the test page under a name that anybody could guess. */
  signTester(tester: string, expires: number): Promise<string>;
  testerOf(token: string): Promise<string | undefined>;
  /** For a task of so many bits. */
  signChallenge(bits: number, expires: number): Promise<string>;
  challengeOf(token: string): Promise<{ jti: string; bits: number } | undefined>;
}

type Audience = "admin" | "visitor" | "device" | "tester" | "challenge";

const issuer = "parlor";
const algorithm = "HS256";

/** Imports the secrets once. `now` in milliseconds since 1970. */
export async function openTokens(secret: string, previous?: string, now = Date.now): Promise<Tokens> {
  const current = await keyOf(secret);
  const keys = previous === undefined ? [current] : [current, await keyOf(previous)];

  // Loaded with the first token, so that a start does not wait for it.
  const sign = async (audience: Audience, subject: string, jti: string, expires: number, claims = {}) =>
    new (await import("jose/jwt/sign")).SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: "JWT" })
      .setIssuer(issuer).setAudience(audience).setSubject(subject).setJti(jti)
      .setIssuedAt(seconds(now())).setExpirationTime(seconds(expires)).sign(current);

  /** No leeway: what has expired is void at once, as on the sockets, which close at that moment. */
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
        // Not of this key, or of no key: the next one says.
      }
    }
  }

  return {
    signAdmin: (username, jti, expires) => sign("admin", username, jti, expires, { hostCookie: true }),
    signVisitor: (admin, consumer, expires, { identified = false, proved = false } = {}) =>
      sign("visitor", consumer, crypto.randomUUID(), expires, {
        admin,
        ...(identified && { identified }),
        ...(proved && { proved }),
      }),
    async verify(token) {
      const result = await verified(token, ["admin", "visitor"]);
      return result && claimsOf(result);
    },
    signDevice: (username, expires) => sign("device", username, crypto.randomUUID(), expires),
    async isDeviceOf(username, token) {
      return (await verified(token, ["device"]))?.payload.sub === username;
    },
    signTester: (tester, expires) => sign("tester", tester, crypto.randomUUID(), expires),
    async testerOf(token) {
      return (await verified(token, ["tester"]))?.payload.sub;
    },
    signChallenge: (bits, expires) => sign("challenge", `${bits}`, crypto.randomUUID(), expires),
    async challengeOf(token) {
      const result = await verified(token, ["challenge"]);
      return result && { jti: result.payload.jti!, bits: Number(result.payload.sub) };
    },
  };
}

/**
 * Whether a session's token is of a version whose cookie on https has a prefix. Read without a look at the signature:
 * `verify` says whether it is a token at all.
 */
export function hasHostCookie(token: string): boolean {
  try {
    const claims = Uint8Array.fromBase64(token.split(".")[1]!, { alphabet: "base64url" });
    return JSON.parse(new TextDecoder().decode(claims)).hostCookie === true;
  } catch {
    return false;
  }
}

/** An `aud` that names both audiences is neither, and an extension (`crit`) is nothing that was ever signed here. */
function claimsOf({ payload, protectedHeader }: JWTVerifyResult): AdminToken | VisitorToken | undefined {
  const { aud, sub, jti, exp, admin, identified, proved } = payload;
  if ("crit" in protectedHeader || typeof sub !== "string" || typeof jti !== "string") return undefined;
  const expires = exp! * 1_000;
  if (aud === "admin") return { kind: "admin", username: sub, jti, expires };
  if (aud === "visitor" && typeof admin === "string") {
    return {
      kind: "visitor",
      admin,
      consumer: sub,
      expires,
      ...(identified === true && { identified }),
      ...(proved === true && { proved }),
    };
  }
}

const seconds = (ms: number) => Math.floor(ms / 1_000);

function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}
