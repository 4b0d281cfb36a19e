import type { Appended } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { roleMay } from "../permissions.ts";
import { membersOf } from "../team/members.ts";
import type { Who } from "../who.ts";
import { handOver, handsOf } from "./assignment.ts";
import { changeRoom } from "./change_room.ts";
import { reassignReopened } from "./release.ts";

/**
 * What a text changes in who answers its room: an agent's reply to a room without an agent takes it; a room that a
 * visitor has opened again may go back to the queue, and one without an agent may find one. The sender waits for none of it.
 * @throws {Unavailable}
 */
export async function assignAfter(chat: Chat, who: Who, { room, statusChanged }: Appended): Promise<void> {
  if (who.kind === "admin") return await takeByReply(chat, who, room.consumer);
  if (statusChanged && room.status !== "bot") await reassignReopened(chat, room);
  if (room.assignee === undefined) chat.desk?.nudge(room.admin);
}

async function takeByReply(
  chat: Chat,
  who: Extract<Who, { kind: "admin" }>,
  consumer: string,
): Promise<void> {
  const { admin, agent } = who;
  if (!roleMay(agent.role, "write") || (await membersOf(chat, admin)).length < 2) return;
  await changeRoom(chat, { admin, consumer }, who, (room) => {
    if (room.assignee !== undefined || room.status === "resolved") return undefined;
    return handOver(room, { ...handsOf(room), agent: agent.id }, "replied");
  });
}
