import type { ClientFrame } from "../../protocol/frames.ts";
import { deleteMessage, editMessage } from "../../chat/rooms/edits.ts";
import type { RoomCommands } from "./room_commands.ts";

type Frame<C extends ClientFrame["command"]> = Extract<ClientFrame, { command: C }>;

/** Edits or deletes an own text. A repeated `client_id` is answered with the edit stored earlier. */
export async function changeText(
  { chat, connection, tag }: RoomCommands,
  frame: Frame<"edit_message" | "delete_message">,
) {
  const { who } = connection;
  const { fresh, message } = frame.command === "edit_message"
    ? await editMessage(chat, who, frame)
    : await deleteMessage(chat, who, frame);
  if (!fresh) connection.send({ command: "new_message", consumer: tag, message });
}
