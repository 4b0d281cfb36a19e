import { maxContentLength, maxFrameBytes, maxMessagesPerPage, maxRoomsPerPage } from "../protocol/limits.ts";
import type { ServerFrame } from "../protocol/frames.ts";
import type { RoomKey } from "../db/store.ts";
import type { Chat } from "../chat/chat.ts";
import { nameOf, sideOf, type Who } from "../chat/who.ts";

const limits = {
  content: maxContentLength,
  frame_bytes: maxFrameBytes,
  messages_per_page: maxMessagesPerPage,
  rooms_per_page: maxRoomsPerPage,
};

/** The first frame on a socket of section 3. `key` is the room of a chat socket. */
export function welcome(chat: Chat, who: Who, key?: RoomKey): ServerFrame {
  const { audience, store } = chat;
  const online = who.kind === "admin" && key
    ? audience.isVisitorOnline(key)
    : audience.isAdminOnline(who.admin);
  return {
    command: "welcome",
    you: { kind: sideOf(who), name: nameOf(who) },
    online,
    server_time: new Date(chat.now()).toISOString(),
    epoch: store.epoch,
    limits,
  };
}
