import type { ClientFrame } from "../../protocol/frames.ts";
import type { Availability } from "../../chat/chatbots/availability.ts";
import type { Chat } from "../../chat/chat.ts";
import { Forbidden, InvalidInput } from "../../chat/errors.ts";
import { listRooms, markRead, openRoom } from "../../chat/rooms/rooms.ts";
import { demand } from "../../chat/permissions.ts";
import { type AdminWho, roomOf } from "../../chat/who.ts";
import { wireRoom } from "../../chat/rooms/wire_room.ts";
import type { Connection } from "../connection.ts";
import type { Hub } from "../hub.ts";
import { asText } from "../message_text.ts";
import { changeText } from "./edit_commands.ts";
import { isAboutRoom, type MemberCommands } from "./member_commands.ts";
import { fetchMessages, newMessage, updateRoom } from "./room_commands.ts";
import { TypingThrottle } from "../presence/typing_throttle.ts";
import { welcome } from "./welcome.ts";

type Frame<C extends ClientFrame["command"]> = Extract<ClientFrame, { command: C }>;

/** Serves `/ws/room/<admin>`: the admin's inbox, or a visitor who asks for its room and receives availability. */
export function serveRoomSocket(
  chat: Chat,
  hub: Hub,
  connection: Connection,
  availability: Availability | undefined,
  member?: MemberCommands,
): void {
  const { who } = connection;
  const typing = new TypingThrottle((consumer, typing) => {
    chat.audience.tell({ type: "typing", key: roomOf(who, consumer), by: "admin", typing, from: connection });
  });
  connection.onOpen = () => {
    hub.joinAdmin(connection, who.admin);
    const online = availability
      ? hub.watchAvailability(who.admin, availability)
      : chat.audience.isAdminOnline(who.admin);
    if (connection.v1) connection.send(welcome(chat, who, online));
  };
  connection.onEnd = () => {
    typing.close();
    hub.leaveAdmin(connection, who.admin);
    member?.ended();
  };
  connection.onFrame = (frame: ClientFrame) => {
    if (frame.command === "new_room") return newRoom(chat, connection, frame);
    if (who.kind !== "admin" || !member) throw new Forbidden("A visitor may only send new_room here");
    switch (frame.command) {
      case "fetch_rooms":
        if (frame.box === "mentions") return member.fetchMentioned(frame);
        return fetchRooms(chat, connection, frame);
      case "subscribe":
        return subscribe(hub, connection, who, member);
      case "update_room":
        return updateRoom({ chat, connection }, frame);
      case "new_message":
        return newMessage(oneRoom(chat, connection, frame), frame);
      case "edit_message":
      case "delete_message":
        return changeText(oneRoom(chat, connection, frame), frame);
      case "fetch_messages":
        return fetchMessages(oneRoom(chat, connection, frame), frame);
      case "read":
        return markRead(
          chat,
          who,
          { consumer: oneRoom(chat, connection, frame).tag, seq: frame.seq },
          connection,
        );
      case "typing":
        demand(who, "write");
        return typing.put(oneRoom(chat, connection, frame).tag, frame.typing);
      case "rate":
        throw new Forbidden("Send rate over the chat socket, as the visitor");
      default:
        if (isAboutRoom(frame)) oneRoom(chat, connection, frame as { consumer?: string });
        return member.handle(frame);
    }
  };
}

/** A room command on a room socket names its room, and requires `subscribe` first. */
function oneRoom(chat: Chat, connection: Connection, frame: { consumer?: string }) {
  if (!connection.subscribed) throw new Forbidden("Send subscribe first, or use the room's chat socket");
  if (frame.consumer === undefined) throw new InvalidInput({ consumer: "is missing" });
  return { chat, connection, tag: frame.consumer };
}

/** Subscribes to all rooms and sends the counts at once. */
async function subscribe(hub: Hub, connection: Connection, who: AdminWho, member: MemberCommands) {
  hub.subscribe(connection);
  await member.subscribed();
  connection.send({ command: "subscribed" });
  connection.send({ command: "counts", ...await hub.countsOf(who) });
}

async function fetchRooms(chat: Chat, connection: Connection, frame: Frame<"fetch_rooms">) {
  const page = await listRooms(chat, connection.who, connection.v1 ? frame : {});
  if (connection.v1) return connection.send({ command: "room", ...page, epoch: chat.store.epoch });
  const rooms = page.rooms.map((room) => ({
    ...room,
    messages: room.messages.filter((message) => message.kind === "text").map(asText),
  }));
  connection.send({ command: "room", rooms });
}

async function newRoom(chat: Chat, connection: Connection, { consumer }: Frame<"new_room">) {
  const { room, created } = await openRoom(chat, connection.who, consumer);
  if (!created) return connection.send({ command: "room_exists" });
  if (connection.who.kind === "admin") return; // told as one of the admin's sockets
  connection.send({ command: "new_room", room: wireRoom(chat.audience, room) });
}
