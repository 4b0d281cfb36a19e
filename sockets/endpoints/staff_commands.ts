import type { ClientFrame } from "../../protocol/frames.ts";
import type { Chat } from "../../chat/chat.ts";
import { mentionedRoomsPage } from "../../chat/staff/mentioned_rooms.ts";
import { noticePage, readUpTo } from "../../chat/staff/notices.ts";
import { addNote } from "../../chat/staff/notes.ts";
import { staffPage, wireEntries } from "../../chat/staff/staff_pages.ts";
import type { AdminWho } from "../../chat/who.ts";
import type { Connection } from "../connection.ts";

type Frame<C extends ClientFrame["command"]> = Extract<ClientFrame, { command: C }>;

interface StaffCommands {
  chat: Chat;
  connection: Connection;
}

/** Answered with the stored note; a subscribed socket is told of a fresh one anyway. */
export async function note({ chat, connection }: StaffCommands, frame: Frame<"note">) {
  const { entry, fresh } = await addNote(chat, connection.who, frame);
  if (fresh && connection.subscribed) return;
  const [sent] = await wireEntries(chat, [entry]);
  connection.send({ command: "staff", consumer: entry.consumer, entry: sent! });
}

export async function fetchStaff({ chat, connection }: StaffCommands, frame: Frame<"fetch_staff">) {
  connection.send({ command: "staff_entries", ...await staffPage(chat, connection.who, frame) });
}

export async function fetchNotices({ chat, connection }: StaffCommands, frame: Frame<"fetch_notices">) {
  connection.send({ command: "notices", ...await noticePage(chat, connection.who, frame) });
}

/** Told to the member's subscribed sockets, this one too. */
export async function readNotices({ chat, connection }: StaffCommands, frame: Frame<"read_notices">) {
  await readUpTo(chat, connection.who, frame.up_to);
}

export async function fetchMentioned({ chat, connection }: StaffCommands, frame: Frame<"fetch_rooms">) {
  const page = await mentionedRoomsPage(chat, connection.who as AdminWho, frame);
  connection.send({ command: "room", ...page, epoch: chat.store.epoch });
}
