import { recentSignInMs } from "../../protocol/limits.ts";
import type { Chat } from "../chat.ts";
import { BadCredentials, PasswordNeeded } from "../errors.ts";
import { existingAccount } from "./existing_account.ts";
import { type Attempt, attemptLogin } from "./login_attempts.ts";

/**
 * The second proof, before what cannot be undone: a session's token alone may be a thief's. Passes whoever gives the
 * password, which is tried as at a sign-in, and who gives none if the session began less than 10 minutes ago.
 * `created` in milliseconds since 1970. `how` tells where to give it.
 * @throws {PasswordNeeded} @throws {BadCredentials} @throws {TooManyAttempts}
 */
export async function requirePassword(
  chat: Chat,
  { username, created }: { username: string; created: number },
  { password, attempt, how }: { password?: string; attempt: Attempt; how?: string },
): Promise<void> {
  if (password === undefined) {
    // In both directions: the process that began it may have another clock.
    if (Math.abs(chat.now() - created) < recentSignInMs) return;
    throw new PasswordNeeded(how);
  }
  await attemptLogin(chat, attempt, async () => {
    const account = await existingAccount(chat, username);
    if (!await chat.passwords.verify(password, account.password, "known")) throw new BadCredentials();
  });
}
