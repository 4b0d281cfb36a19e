import type { Audience, ChatEvent } from "../../chat/audience.ts";
import type { Chat } from "../../chat/chat.ts";
import { openLimiters } from "../../chat/limits/limiters.ts";
import { openPasswords } from "../../chat/passwords/passwords.ts";
import { openTokens } from "../../chat/tokens.ts";
import { signUp } from "../../chat/accounts/accounts.ts";
import { openStore } from "../../db/open.ts";

export const password = "correct horse battery";

/** An audience that records every event and reports nobody online. */
class Listener implements Audience {
  readonly heard: ChatEvent[] = [];
  tell = (event: ChatEvent) => void this.heard.push(event);
  isAdminOnline = () => false;
  isVisitorOnline = () => false;
  /** Ids of the agents who have a socket. */
  readonly here = new Set<string>();
  isAgentHere = (_: string, agent: string) => this.here.has(agent);
}

/**
 * The rules over a real store in a temporary folder, with a recording audience in place of sockets and a
 * settable clock.
 */
export interface ChatFixture extends Chat {
  audience: Listener;
  /** Advances the clock. Milliseconds. */
  wait(ms: number): void;
}

/** Creates a chat in which asha and bruno have accounts, and closes it afterwards. */
export async function withChat(visit: (chat: ChatFixture) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const passwords = await openPasswords();
  const store = await openStore(`sqlite:${folder}/parlor.db`);
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const chat: ChatFixture = {
    store,
    audience: new Listener(),
    passwords,
    tokens: await openTokens("a secret of Parlor's tests, long enough", undefined, now),
    limiters: openLimiters({
      messagesPerRoom: "off",
      messagesPerAddress: "off",
      roomsPerAddress: "off",
      logins: "off",
      signups: "off",
      guesses: "off",
      newIds: "off",
    }),
    signupOpen: true,
    now,
    wait: (ms) => void (ahead += ms),
  };
  try {
    await Promise.all(["asha", "bruno"].map((username) => signUp(chat, { username, password })));
    await visit(chat);
  } finally {
    await store.close();
    passwords.close();
    await Deno.remove(folder, { recursive: true });
  }
}
