import type { ClientFrame } from "../../protocol/frames.ts";
import type { Chat } from "../../chat/chat.ts";
import { readPage, sendMessage } from "../../chat/rooms/messages.ts";
import { rateEpisode } from "../../chat/reports/rating.ts";
import { marksFor } from "../../chat/rooms/read_marks.ts";
import { setStatus } from "../../chat/rooms/rooms.ts";
import { wireRoom } from "../../chat/rooms/wire_room.ts";
import type { Connection } from "../connection.ts";
import { clientIdOf } from "../error_frame.ts";
import { asText } from "../message_text.ts";

type Frame<C extends ClientFrame["command"]> = Extract<ClientFrame, { command: C }>;

/**
 * The commands about one room, as sent over a chat socket or, with `consumer`, over an admin's room socket.
 * `tag` is the consumer to name in answers on sockets that carry many rooms.
 */
export interface RoomCommands {
  chat: Chat;
  connection: Connection;
  tag?: string;
}

export async function fetchMessages({ chat, connection, tag }: RoomCommands, frame: Frame<"fetch_messages">) {
  const { who } = connection;
  if (!connection.v1) {
    const { page: { messages } } = await readPage(chat, who, frame.consumer, { kind: "text" });
    markShown(connection, messages.at(-1)?.seq);
    return connection.send({ command: "messages", messages: messages.map(asText) });
  }
  const { page, room } = await readPage(chat, who, frame.consumer, frame);
  const status = room?.status ?? "open";
  const read = room ? await marksFor(chat, who, room) : { admin: 0, visitor: 0 };
  const isNewest = frame.before === undefined && (frame.after === undefined || !page.has_more);
  if (tag === undefined && isNewest) markShown(connection, page.messages.at(-1)?.seq);
  connection.send({ command: "messages", consumer: tag, ...page, epoch: chat.store.epoch, read, status });
}

/** Messages that a page up to the newest contains are not sent again as events. */
function markShown(connection: Connection, seq = 0) {
  connection.shown = Math.max(connection.shown, seq);
}

export function newMessage({ chat, connection, tag }: RoomCommands, frame: Frame<"new_message">) {
  const { consumer, seen, reply, message: { content } } = frame;
  const draft = { consumer, content, client_id: clientIdOf(frame), seen, reply };
  return sendMessage(chat, connection.who, draft).then(({ fresh, message }) => {
    if (fresh) return;
    const known = connection.v1 ? message : asText(message);
    connection.send({ command: "new_message", consumer: tag, message: known });
  });
}

export async function updateRoom({ chat, connection }: RoomCommands, frame: Frame<"update_room">) {
  const { room, changed } = await setStatus(chat, connection.who, frame.consumer, frame.status, {
    ask: frame.ask,
  });
  if (changed && connection.subscribed) return;
  connection.send({ command: "room_updated", consumer: room.consumer, room: wireRoom(chat.audience, room) });
}

export async function rate({ chat, connection }: RoomCommands, { episode, score, comment }: Frame<"rate">) {
  const { until } = await rateEpisode(chat, connection.who, { episode, score, comment });
  connection.send({ command: "rated", episode, score, until: new Date(until).toISOString() });
}
