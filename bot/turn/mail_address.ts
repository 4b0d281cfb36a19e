import { turnOf } from "../../db/collections/bot_turns.ts";
import type { Appended } from "../../db/store.ts";
import type { Chat } from "../../chat/chat.ts";

/** A text that is a mail address and nothing else. */
const mailAddress = /^\s*([^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,190}\.[^\s@<>,;".]{2,60})\.?\s*$/;

/** Keeps the mail address that a visitor was asked for, as what the visitor says. @throws {Unavailable} */
export async function keepMailAddress(chat: Chat, { room, message }: Appended): Promise<void> {
  const email = mailAddress.exec(message.content)?.[1];
  if (email === undefined || room.visitor?.email !== undefined) return;
  const { turn } = await turnOf(chat.store, room);
  if (turn.askedEmail === undefined || (await chat.store.visitor(room))?.verified) return;
  const changed = await chat.store.saveVisitor(room, { email, verified: false }, chat.now());
  if (changed) chat.audience.tell({ type: "room_updated", room: changed });
}
