import type { Chat } from "../chat.ts";
import { InvalidInput } from "../errors.ts";
import { forgetIdentitySecret } from "../visitors/identity.ts";
import { leaveAll } from "../team/member_changes.ts";
import { endAllSessions } from "./sessions.ts";

/**
 * Deletes an account with all its data. `typed`: its name, typed as a confirmation.
 * @throws {NotAllowed | InvalidInput | Unavailable}
 */
export async function forgetAccount(chat: Chat, username: string, typed: string): Promise<void> {
  if (typed.trim().toLowerCase() !== username) {
    throw new InvalidInput({ username: "is not the name of this account" });
  }
  await leaveAll(chat, username);
  await endAllSessions(chat, username);
  chat.audience.tell({ type: "account_forgotten", username });
  await forgetIdentitySecret(chat, username);
  await chat.store.forgetAccount(username);
}
