import type { RoomRecord } from "../../db/store.ts";
import type { Chat } from "../../chat/chat.ts";
import { tellAppended } from "../../chat/rooms/messages.ts";
import { Speaker } from "./speaker.ts";

/** A visitor who has been silent for so long after the bot's answer needs nothing more. Milliseconds. */
export const idleMs = 30 * 60_000;

/** Resolves a room without an open question once its visitor has been silent for long. @throws {NotOurs | Unavailable} */
export async function rest(chat: Chat, room: RoomRecord): Promise<void> {
  const due = room.active + idleMs;
  if (due > chat.now()) {
    // A text that came meanwhile has its own time.
    await chat.store.changeDesk(room, {
      expect: { head: room.head, status: ["bot"] },
      set: { botDueAt: due },
    });
    return;
  }
  const speaker = new Speaker(chat, room, { seq: room.head, head: room.head });
  const { head } = await speaker.setStatus("resolved");
  // The visitor has written in between: its text must not stand in a resolved room.
  if (head > room.head + 1) await reopen(chat, room);
}

async function reopen(chat: Chat, { admin, consumer }: RoomRecord): Promise<void> {
  const key = { admin, consumer };
  const appended = await chat.store.appendMessage({
    ...{ ...key, side: "admin", by: "bot", kind: "status", content: "bot", at: chat.now() },
    onlyIf: { status: ["resolved"] },
  });
  tellAppended(chat, key, appended);
}
