import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { openTokens } from "../../chat/tokens.ts";

const secret = "a secret of Parlor's tests, long enough";
const asha = { username: "asha", id: "a5".repeat(16) };
const former = "the secret that stood here before, gone";
const day = 86_400_000;
/** Tokens store times in whole seconds. */
const tomorrow = Math.floor(Date.now() / 1_000) * 1_000 + day;

const encode = (value: unknown) => base64url(new TextEncoder().encode(JSON.stringify(value)));
const base64url = (bytes: Uint8Array<ArrayBuffer>) =>
  bytes.toBase64({ alphabet: "base64url", omitPadding: true });
const header = { alg: "HS256", typ: "JWT" };
const seconds = Math.floor(Date.now() / 1_000);
const claims = {
  iss: "parlor",
  aud: "admin" as unknown,
  sub: "asha",
  jti: "jti-1",
  iat: seconds,
  exp: seconds + 3_600 as unknown,
};

/**
 * A hand-made token: with another `key`, as by an attacker who knows the format; with `secret`, as only the
 * service can.
 */
async function forge(head: object, payload: object, key = secret, hash = "SHA-256"): Promise<string> {
  const signed = `${encode(head)}.${encode(payload)}`;
  const bytes = new TextEncoder();
  const hmac = await crypto.subtle.importKey("raw", bytes.encode(key), { name: "HMAC", hash }, false, [
    "sign",
  ]);
  const signature = await crypto.subtle.sign("HMAC", hmac, bytes.encode(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}

Deno.test("an admin's token says who it is, for which session, until when", async () => {
  const tokens = await openTokens(secret, undefined, () => seconds * 1_000);
  const token = await tokens.signAdmin(asha, "jti-1", tomorrow);
  deepEqual(await tokens.verify(token), {
    kind: "admin",
    ...{ username: "asha", account: asha.id, issued: seconds * 1_000 },
    jti: "jti-1",
    expires: tomorrow,
  });
});

Deno.test("a visitor's token says which admin's visitor it is", async () => {
  const tokens = await openTokens(secret, undefined, () => seconds * 1_000);
  const token = await tokens.signVisitor(asha, "vera-1", tomorrow);
  deepEqual(await tokens.verify(token), {
    kind: "visitor",
    admin: "asha",
    ...{ account: asha.id, issued: seconds * 1_000 },
    consumer: "vera-1",
    expires: tomorrow,
  });
});

Deno.test("a visitor's token says when it was vouched for and by which secret, also once it is signed again", async () => {
  const tokens = await openTokens(secret);
  const vouched = { at: seconds * 1_000 - 60_000, secret: "a fingerprint" };
  const claims = await tokens.verify(await tokens.signVisitor(asha, "vera-1", tomorrow, { vouched }));
  ok(claims?.kind === "visitor");
  deepEqual([claims.identified, claims.vouched], [true, vouched]);
  const unvouched = await tokens.verify(await tokens.signVisitor(asha, "vera-1", tomorrow));
  ok(unvouched?.kind === "visitor");
  deepEqual([unvouched.identified, unvouched.vouched], [undefined, undefined]);
});

Deno.test("a token of a version in which accounts had no ids says of which it is by its name and its time", async () => {
  const tokens = await openTokens(secret);
  const former = await tokens.verify(
    await forge(header, { ...claims, aud: "visitor", admin: "bruno", identified: true }),
  );
  deepEqual(former, {
    kind: "visitor",
    admin: "bruno",
    issued: seconds * 1_000,
    consumer: "asha",
    expires: (seconds + 3_600) * 1_000,
    identified: true,
  });
});

Deno.test("a token signed with the previous secret is accepted, with another refused", async () => {
  const old = await (await openTokens(former)).signAdmin(asha, "jti-1", tomorrow);
  equal((await (await openTokens(secret, former)).verify(old))?.kind, "admin");
  equal(await (await openTokens(secret)).verify(old), undefined);
  const foreign = await (await openTokens("mallory has a secret of her own, long too")).signAdmin(
    asha,
    "1",
    tomorrow,
  );
  equal(await (await openTokens(secret, former)).verify(foreign), undefined);
});

Deno.test("with two secrets, new tokens are signed with the current one", async () => {
  const token = await (await openTokens(secret, former)).signAdmin(asha, "jti-1", tomorrow);
  ok(await (await openTokens(secret)).verify(token));
  equal(await (await openTokens(former)).verify(token), undefined);
});

Deno.test("a token is void from the second in which it expires", async () => {
  let now = tomorrow - 1_000;
  const tokens = await openTokens(secret, undefined, () => now);
  const token = await tokens.signAdmin(asha, "jti-1", tomorrow);
  ok(await tokens.verify(token));
  now = tomorrow;
  equal(await tokens.verify(token), undefined);
});

Deno.test("the tests' own forge makes tokens that are accepted when nothing is wrong with them", async () => {
  const tokens = await openTokens(secret);
  ok(await tokens.verify(await forge(header, claims)));
  ok(await tokens.verify(await forge({ alg: "HS256" }, { ...claims, aud: ["admin"].join() })));
  ok(await tokens.verify(await forge(header, { ...claims, aud: "visitor", admin: "bruno" })));
});

const without = (name: keyof typeof claims) => {
  const { [name]: _, ...rest } = claims;
  return rest;
};

const forgeries: Record<string, () => string | Promise<string>> = {
  "nothing": () => "",
  "no token": () => "asha",
  "three dots": () => "...",
  "alg none without a signature": () => `${encode({ alg: "none" })}.${encode(claims)}.`,
  "alg None with a signature": () => forge({ ...header, alg: "None" }, claims),
  "alg HS512, rightly signed": () => forge({ ...header, alg: "HS512" }, claims, secret, "SHA-512"),
  "alg HS384, rightly signed": () => forge({ ...header, alg: "HS384" }, claims, secret, "SHA-384"),
  "alg RS256 over the shared secret": () => forge({ ...header, alg: "RS256" }, claims),
  "no alg": () => forge({ typ: "JWT" }, claims),
  "another secret": () => forge(header, claims, "mallory has a secret of her own, long too"),
  "its own key in the header": () =>
    forge(
      { ...header, jwk: { kty: "oct", k: base64url(new TextEncoder().encode("k".repeat(32))) } },
      claims,
      "k".repeat(32),
    ),
  "a critical extension": () => forge({ ...header, crit: ["exp2"], exp2: 1 }, claims),
  "the b64 extension": () => forge({ ...header, crit: ["b64"], b64: true }, claims),
  "an empty crit": () => forge({ ...header, crit: [] }, claims),
  "another issuer": () => forge(header, { ...claims, iss: "mallory" }),
  "no issuer": () => forge(header, without("iss")),
  "another audience": () => forge(header, { ...claims, aud: "portal" }),
  "no audience": () => forge(header, without("aud")),
  "both audiences": () => forge(header, { ...claims, aud: ["admin", "visitor"], admin: "asha" }),
  "a list of one audience": () => forge(header, { ...claims, aud: ["admin"] }),
  "a visitor without an admin": () => forge(header, { ...claims, aud: "visitor" }),
  "a visitor of a number": () => forge(header, { ...claims, aud: "visitor", admin: 1 }),
  "an expiry in the past": () => forge(header, { ...claims, exp: seconds - 61 }),
  "an expiry of this second": () => forge(header, { ...claims, exp: seconds }),
  "no expiry": () => forge(header, without("exp")),
  "an expiry that is a text": () => forge(header, { ...claims, exp: "tomorrow" }),
  "a start in the future": () => forge(header, { ...claims, nbf: seconds + 120 }),
  "no subject": () => forge(header, without("sub")),
  "a subject that is a number": () => forge(header, { ...claims, sub: 1 }),
  "no session": () => forge(header, without("jti")),
  "a session that is a list": () => forge(header, { ...claims, jti: ["jti-1"] }),
  "no time of issue": () => forge(header, without("iat")),
  "claims that are a list": () => forge(header, [claims]),
};
for (const [what, make] of Object.entries(forgeries)) {
  Deno.test(`refused: a token with ${what}`, async () => {
    const tokens = await openTokens(secret, former);
    equal(await tokens.verify(await make()), undefined);
  });
}

Deno.test("a token in which any one character was changed is refused", async () => {
  const tokens = await openTokens(secret);
  const token = await tokens.signAdmin(asha, "jti-1", tomorrow);
  // In base64url, the last character of a 32-byte signature has two unused bits.
  const at = fc.integer({ min: 0, max: token.length - 2 });
  await fc.assert(fc.asyncProperty(at, fc.constantFrom(..."aZ0-_.="), async (i, character) => {
    if (token[i] === character) return;
    equal(await tokens.verify(token.slice(0, i) + character + token.slice(i + 1)), undefined);
  }));
});

Deno.test("whatever text is shown as a token, the answer is no and not an error", async () => {
  const tokens = await openTokens(secret, former);
  await fc.assert(fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
    equal(await tokens.verify(text), undefined);
  }));
});
