import type { Account, RoomKey } from "../../db/store.ts";
import type { Chatbot } from "../../protocol/chatbot.ts";
import type { Chat } from "../chat.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import { UnknownAdmin } from "../errors.ts";
import { vouchingOf } from "./identity.ts";
import type { Who } from "../who.ts";

/** Result of checking a visitor, or a stranger who may become one, against the present policy. */
export type PolicyVerdict = "good" | "unknown_admin" | "identity_required";

/**
 * Checks a visitor's socket when it is opened and whenever the policy may have changed: the account is the one it was
 * opened to, the chatbot admits visitors of this kind, its identity token is still valid, and no identity token has
 * opened its room without it.
 */
export async function checkVisitorPolicy(
  chat: Chat,
  who: Exclude<Who, { kind: "admin" }>,
  given?: VisitorPolicy,
): Promise<PolicyVerdict> {
  const { account, chatbot } = given ?? await visitorPolicy(chat, who.admin);
  if (!account || (who.account !== undefined && who.account !== account.id)) return "unknown_admin";
  if (who.kind === "visitor" && who.vouched) {
    const { vouched } = who;
    const still = await vouchingOf(chat, account, { identified: true, vouched, issued: vouched.at });
    return still ? "good" : "identity_required";
  }
  if (chatbot?.require_identity) return "identity_required";
  return who.kind === "visitor" && await isVerified(chat, who) ? "identity_required" : "good";
}

/** Whether an identity token has opened this room: from then on the room requires one. */
export async function isVerified({ store }: Pick<Chat, "store">, key: RoomKey): Promise<boolean> {
  return (await store.visitor(key))?.verified === true;
}

/** The settings that decide which visitors an admin accepts. */
export interface VisitorPolicy {
  account?: Account;
  chatbot?: Chatbot;
}

/** Read once for many sockets of an admin. */
export async function visitorPolicy(chat: Pick<Chat, "store">, admin: string): Promise<VisitorPolicy> {
  const account = await chat.store.account(admin);
  try {
    return account ? { account, chatbot: await chatbotOf(chat, admin) } : {};
  } catch (error) {
    if (error instanceof UnknownAdmin) return {};
    throw error;
  }
}
