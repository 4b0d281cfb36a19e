import type { ClientFrame } from "../../protocol/frames.ts";
import type { RoomKey } from "../../db/store.ts";
import type { Availability } from "../../chat/chatbots/availability.ts";
import type { Chat } from "../../chat/chat.ts";
import { Forbidden } from "../../chat/errors.ts";
import { markRead } from "../../chat/rooms/rooms.ts";
import { demand } from "../../chat/permissions.ts";
import { sideOf } from "../../chat/who.ts";
import type { Connection } from "../connection.ts";
import type { Hub } from "../hub.ts";
import { changeText } from "./edit_commands.ts";
import type { MemberCommands } from "./member_commands.ts";
import { fetchMessages, newMessage, rate, updateRoom } from "./room_commands.ts";
import { TypingThrottle } from "../presence/typing_throttle.ts";
import { welcome } from "./welcome.ts";

/**
 * Serves `/ws/chat/<admin>/<consumer>`: one room, for its visitor or its admin. `head` is the room's newest seq;
 * `availability` decides whether its visitor sees somebody online.
 */
export function serveChatSocket(
  chat: Chat,
  hub: Hub,
  connection: Connection,
  key: RoomKey,
  head: number,
  availability: Availability | undefined,
  member?: MemberCommands,
): void {
  const side = sideOf(connection.who);
  const typing = new TypingThrottle((_, typing) =>
    chat.audience.tell({ type: "typing", key, by: side, typing, from: connection })
  );
  const commands = { chat, connection };
  connection.onOpen = () => {
    hub.joinRoom(connection, key, head);
    const online = availability
      ? hub.watchAvailability(key.admin, availability)
      : chat.audience.isVisitorOnline(key);
    if (connection.v1) connection.send(welcome(chat, connection.who, online));
  };
  connection.onEnd = () => {
    typing.close();
    hub.leaveRoom(connection, key);
    member?.ended();
  };
  connection.onFrame = (frame: ClientFrame) => {
    mustBeThisRoom(key, frame);
    switch (frame.command) {
      case "new_message":
        return newMessage(commands, frame);
      case "edit_message":
      case "delete_message":
        return changeText(commands, frame);
      case "fetch_messages":
        return fetchMessages(commands, frame);
      case "read":
        return markRead(chat, connection.who, { ...key, ...frame }, connection);
      case "typing":
        if (side === "admin") demand(connection.who, "write");
        return typing.put(key.consumer, frame.typing);
      case "update_room":
        return updateRoom(commands, frame);
      case "rate":
        return rate(commands, frame);
      case "fetch_rooms":
      case "new_room":
      case "subscribe":
        throw new Forbidden(`Send ${frame.command} over the room socket`);
      default:
        if (!member) throw new Forbidden("Only members may do this");
        return member.handle(frame);
    }
  };
}

/** A chat socket belongs to one room, even for an admin; its frames need not name the room. */
function mustBeThisRoom({ consumer }: RoomKey, frame: ClientFrame): void {
  const about = frame as { consumer?: string | null };
  // A member's socket has no room before it.
  if (about.consumer === null) return;
  if (about.consumer !== undefined && about.consumer !== consumer) {
    throw new Forbidden("This socket is another room's");
  }
  about.consumer = consumer;
}
