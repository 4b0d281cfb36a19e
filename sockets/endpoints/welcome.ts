import {
  maxContentLength,
  maxFrameBytes,
  maxMessagesPerPage,
  maxRoomsPerPage,
} from "../../protocol/limits.ts";
import type { ServerFrame } from "../../protocol/frames.ts";
import type { Chat } from "../../chat/chat.ts";
import { nameOf, sideOf, type Who } from "../../chat/who.ts";

const limits = {
  content: maxContentLength,
  frame_bytes: maxFrameBytes,
  messages_per_page: maxMessagesPerPage,
  rooms_per_page: maxRoomsPerPage,
};

/** The first frame on a socket of section 3. `online`: whether the other side is here. */
export function welcome({ store, now }: Chat, who: Who, online: boolean): ServerFrame {
  return {
    command: "welcome",
    you: {
      ...{ kind: sideOf(who), name: nameOf(who) },
      ...(who.kind === "admin" && who.agent.ref && { id: who.agent.id, role: who.agent.role }),
    },
    online,
    server_time: new Date(now()).toISOString(),
    epoch: store.epoch,
    limits,
  };
}
