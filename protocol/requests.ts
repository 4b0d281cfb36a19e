import { z } from "zod";
import { Consumer, Username } from "./names.ts";
import { isStorable } from "./text.ts";

/** 8 to 200 characters, counted as a person counts them (code points). */
export const Password = z.string().refine(isStorable, "a broken character")
  .refine((text) => [...text].length >= 8, "at least 8 characters")
  .refine((text) => text.length <= 400 && [...text].length <= 200, "at most 200 characters");

const Email = z.union([z.literal("").transform(() => undefined), z.email("not an email address").max(254)]);

export const Signup = z.object({ username: Username, password: Password, email: Email.optional() });
export type Signup = z.infer<typeof Signup>;

/** Anything may be tried; what cannot be a name or a password is simply wrong. */
export const Login = z.object({ username: z.string().max(400), password: z.string().max(400) });
export type Login = z.infer<typeof Login>;

export const Logout = z.object({ everywhere: z.boolean().default(false) });

export const ChangePassword = z.object({ password: z.string().max(400), new_password: Password });

/** `page` and `identity` are read by later callers; unknown fields are ignored. */
export const OpenSession = z.object({
  consumer: Consumer.optional(),
  token: z.string().max(4_096).optional(),
});
export type OpenSession = z.infer<typeof OpenSession>;
