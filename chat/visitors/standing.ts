import type { Account, RoomKey } from "../../db/store.ts";
import type { Chatbot } from "../../protocol/chatbot.ts";
import type { Chat } from "../chat.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import { UnknownAdmin } from "../errors.ts";
import { vouchingOf } from "./identity.ts";
import type { Who } from "../who.ts";

/** What is true of a visitor, or of a stranger who may become one, by what holds now. */
export type Standing = "good" | "unknown_admin" | "identity_required";

/**
 * Judges a visitor's socket, when it is opened and whenever what it was judged by may have changed: the account is the
 * one it was opened to, the chatbot answers whoever this is, what vouched for it still does, and no identity token has
 * opened its room without it.
 */
export async function judgeVisitor(
  chat: Chat,
  who: Exclude<Who, { kind: "admin" }>,
  given?: VisitorPolicy,
): Promise<Standing> {
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

/** Whether an identity token has opened this room: from then on it opens to nobody without one. */
export async function isVerified({ store }: Pick<Chat, "store">, key: RoomKey): Promise<boolean> {
  return (await store.visitor(key))?.verified === true;
}

/** What all visitors of an admin are judged by. */
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
