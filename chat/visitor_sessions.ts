import { isUnguessable } from "../protocol/names.ts";
import type { OpenSession } from "../protocol/requests.ts";
import type { Chat } from "./chat.ts";
import { NotSignedIn } from "./errors.ts";
import { existingAccount } from "./existing_account.ts";

const lifeMs = 86_400_000;

/** How a visitor says who it is. `vouchedConsumer`: an id that the caller has proved to be this visitor's. */
export type AskedSession = OpenSession & { vouchedConsumer?: string };

/**
 * Opens or renews the session of an admin's visitor, for a day.
 * @throws {UnknownAdmin}
 * @throws {NotSignedIn} if the visitor proves nothing of who it says it is
 */
export async function openVisitorSession(
  chat: Chat,
  admin: string,
  asked: AskedSession,
): Promise<{ consumer: string; token: string; expires: string }> {
  const { username } = await existingAccount(chat, admin);
  const consumer = await provenConsumer(chat, username, asked);
  // A whole second, since a token counts in seconds.
  const expires = Math.floor((chat.now() + lifeMs) / 1_000) * 1_000;
  const token = await chat.tokens.signVisitor(username, consumer, expires);
  return { consumer, token, expires: new Date(expires).toISOString() };
}

/** A named consumer id needs a proof: nobody can guess it, or the token is its own. A token alone names its own. */
async function provenConsumer(chat: Chat, admin: string, asked: AskedSession): Promise<string> {
  const { consumer, token, vouchedConsumer } = asked;
  if (vouchedConsumer !== undefined) return vouchedConsumer;
  if (consumer !== undefined && isUnguessable(consumer)) return consumer;
  if (consumer === undefined && token === undefined) return crypto.randomUUID();
  const claims = token === undefined ? undefined : await chat.tokens.verify(token);
  const own = claims?.kind === "visitor" && claims.admin === admin ? claims.consumer : undefined;
  if (own !== undefined && own === (consumer ?? own)) return own;
  throw new NotSignedIn(
    consumer === undefined
      ? "This visitor token is not good here, or no longer"
      : "A consumer id that can be guessed needs its visitor token",
  );
}
