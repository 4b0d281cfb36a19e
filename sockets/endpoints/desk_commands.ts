import type { DeskFrame } from "../../protocol/desk.ts";
import { assignAndNotify, takeRoom } from "../../chat/desk/assignment.ts";
import { setAvailability } from "../../chat/desk/availability.ts";
import type { ChangedRoom } from "../../chat/desk/change_room.ts";
import { labelRoom } from "../../chat/desk/label_room.ts";
import { snoozeRoom } from "../../chat/desk/snooze.ts";
import { markUnread } from "../../chat/desk/unread.ts";
import { Conflict } from "../../chat/errors.ts";
import { wireRoom } from "../../chat/rooms/wire_room.ts";
import type { RoomCommands } from "./room_commands.ts";

/** What a member does with a room, other than writing in it. The endpoint has made the frame name its room. */
export async function deskCommand(commands: RoomCommands, frame: DeskFrame): Promise<void> {
  const { chat, connection } = commands;
  if (frame.command === "availability") return await setAvailability(chat, connection.who, frame.value);
  try {
    const { room, changed } = await act(commands, frame);
    if (changed && connection.subscribed) return;
    connection.send({
      command: "room_updated",
      consumer: room.consumer,
      room: wireRoom(chat.audience, room),
    });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const room = wireRoom(chat.audience, error.room);
    connection.send({
      command: "error",
      error: { code: "conflict", message: error.message, room },
      re: frame.command,
    });
  }
}

function act(
  { chat, connection: { who } }: RoomCommands,
  frame: Exclude<DeskFrame, { command: "availability" }>,
): Promise<ChangedRoom> {
  const { consumer = "" } = frame;
  switch (frame.command) {
    case "take":
      return takeRoom(chat, who, consumer);
    case "assign":
      return assignAndNotify(chat, who, consumer, frame);
    case "label":
      return labelRoom(chat, who, consumer, frame);
    case "snooze":
      return snoozeRoom(chat, who, consumer, frame.until);
    case "mark_unread":
      return markUnread(chat, who, consumer);
  }
}
