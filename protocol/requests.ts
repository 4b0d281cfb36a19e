import { z } from "zod";
import { Consumer, Username } from "./names.ts";
import { isStorable, plainText, trimmed } from "./text.ts";

/** 8 to 200 characters, counted as code points. */
export const Password = z.string().refine(isStorable, "a broken character")
  .refine((text) => [...text].length >= 8, "at least 8 characters")
  .refine((text) => text.length <= 400 && [...text].length <= 200, "at most 200 characters");

export const Email = z.union([
  z.literal("").transform(() => undefined),
  z.email("not an email address").max(254),
]);

/** The answer to a challenge: SHA-256 of `token.nonce` begins with as many zero bits as it asked for. */
export const Proof = z.object({ token: z.string().max(1_000), nonce: z.string().max(64) });
export type Proof = z.infer<typeof Proof>;
const proof = Proof.optional().describe("where the service asked for one with `challenge_required`");

export const Signup = z.object({
  username: z.string().max(400).transform(trimmed).pipe(Username),
  password: Password,
  email: Email.optional(),
  proof,
});
export type Signup = z.infer<typeof Signup>;

/** Any text is accepted: an impossible name or password is simply wrong. Keyboards append a blank to a name. */
export const Login = z.object({
  username: z.string().max(400).transform(trimmed),
  password: z.string().max(400),
  proof: Proof.optional().describe("where a refusal came with a `challenge`"),
});
export type Login = z.infer<typeof Login>;

export const Logout = z.object({ everywhere: z.boolean().default(false) });

export const ChangePassword = z.object({ password: z.string().max(400), new_password: Password });

/** Confirms an irreversible action; checked as at a sign-in. */
export const SecondProof = z.string().max(400).optional().describe(
  "the account's; needed once 10 minutes have passed since the sign-in, else 403 `password_needed`",
);
export const RollIdentitySecret = z.object({ password: SecondProof });

const shortText = (max: number) => plainText(0, max).transform((text) => text || undefined).optional();

/** What a visitor's browser reports about itself; unknown fields are ignored. */
export const OpenSession = z.object({
  consumer: Consumer.optional(),
  token: z.string().max(4_096).optional(),
  identity: z.string().max(16_384).optional().describe("a JWT of the host site's server: who is signed in"),
  name: shortText(100),
  email: Email.optional(),
  page: z.object({
    url: plainText(0, 2_000),
    referrer: plainText(0, 2_000).optional(),
  }).optional().describe(
    "where the visitor is on the host site, and came from; kept without fragment, and without query unless collect.query",
  ),
  locale: shortText(35),
  time_zone: shortText(64),
  attributes: z.record(z.string().max(64), plainText(0, 500)).optional().describe(
    "what the page's scripts say of it, signed by nobody; at most 50, of 8 KiB together",
  ),
  proof,
});
export type OpenSession = z.infer<typeof OpenSession>;
