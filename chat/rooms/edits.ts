import { Blocked, NotEditable as NotEditableInStore } from "../../db/errors.ts";
import type { Appended, MessageDraft, RoomKey } from "../../db/store.ts";
import type { MessageEdit } from "../../protocol/records.ts";
import { forgetQuestion } from "../bot/questions.ts";
import { chargeMessage } from "../limits/charges.ts";
import type { Chat } from "../chat.ts";
import { Forbidden, NotEditable } from "../errors.ts";
import { demand } from "../permissions.ts";
import { roomOf, sideOf, type Who } from "../who.ts";
import { checkContent } from "./content.ts";
import { tellAppended } from "./messages.ts";

interface Named {
  consumer?: string;
  /** Of the text. */
  seq: number;
  client_id?: string;
}

/**
 * Replaces an own text. The change is a message of kind `edit` in the thread; nobody is notified outside of it.
 * With a `client_id` that the room knows, nothing changes and the edit stored earlier is returned.
 * @throws {Forbidden | InvalidInput | TooLong | RateLimited | NotEditable | Unavailable}
 */
export async function editMessage(
  chat: Chat,
  who: Who,
  { content, ...named }: Named & { content: string },
): Promise<Appended> {
  checkContent(content);
  return await change(chat, who, named, { content, edit: { seq: named.seq } });
}

/** Deletes an own text, as `editMessage` edits it. @throws as it does */
export async function deleteMessage(chat: Chat, who: Who, named: Named): Promise<Appended> {
  const deleted = await change(chat, who, named, { content: "", edit: { seq: named.seq, deleted: true } });
  if (who.kind === "visitor") await forgetQuestion(chat.store, roomOf(who, named.consumer), named.seq);
  return deleted;
}

async function change(
  chat: Chat,
  who: Who,
  { consumer, client_id }: Named,
  what: { content: string; edit: MessageEdit },
): Promise<Appended> {
  const key = roomOf(who, consumer);
  if (who.kind === "admin") demand(who, "write");
  chargeMessage(chat, who, key);
  try {
    const appended = await chat.store.appendMessage({ ...draftOf(chat, who, key), client_id, ...what });
    if (appended.fresh) chat.quotas?.usage?.messageStored(key.admin, what.content.length);
    tellAppended(chat, key, appended);
    return appended;
  } catch (error) {
    if (error instanceof Blocked) throw new Forbidden("You cannot write here any more");
    throw error instanceof NotEditableInStore ? new NotEditable(error.reason) : error;
  }
}

function draftOf(chat: Chat, who: Who, key: RoomKey): Omit<MessageDraft, "content"> {
  const draft = { ...key, side: sideOf(who), kind: "edit", at: chat.now() } as const;
  return who.kind === "admin" && who.agent.ref ? { ...draft, by: who.agent.ref } : draft;
}
