import { commonPasswords } from "./common_passwords.ts";

/** Why this password is refused for this account; `undefined` if it is not. Its length is the schema's to judge. */
export function checkPassword(password: string, username: string): string | undefined {
  const folded = password.toLowerCase();
  if (folded.includes(username.toLowerCase())) return "must not contain the username";
  if (commonPasswords().has(folded)) return "is one of the most common passwords";
}
