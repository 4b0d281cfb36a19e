import { recentSignInMs } from "../../protocol/limits.ts";
import type { Chat } from "../chat.ts";
import { BadCredentials, PasswordNeeded } from "../errors.ts";
import { existingAccount } from "./existing_account.ts";
import { type Attempt, attemptLogin } from "./login_attempts.ts";

/**
 * Confirmation before irreversible actions, because a session's token may be stolen. Passes with the correct password,
 * which is rate limited like a sign-in, or without one if the session began less than 10 minutes ago.
 * `created`: milliseconds since 1970. `how`: tells the client where to send the password.
 * @throws {PasswordNeeded} @throws {BadCredentials} @throws {TooManyAttempts}
 */
export async function requirePassword(
  chat: Chat,
  { username, created }: { username: string; created: number },
  { password, attempt, how }: { password?: string; attempt: Attempt; how?: string },
): Promise<void> {
  if (password === undefined) {
    // In both directions: the process that opened the session may have another clock.
    if (Math.abs(chat.now() - created) < recentSignInMs) return;
    throw new PasswordNeeded(how);
  }
  await attemptLogin(chat, attempt, async () => {
    const account = await existingAccount(chat, username);
    if (!await chat.passwords.verify(password, account.password, "known")) throw new BadCredentials();
  });
}
