import type { RoomKey } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import type { LowRating } from "../desk/desk.ts";
import { roleMay } from "../permissions.ts";
import { notify } from "../staff/notify.ts";
import { membersOf } from "../team/members.ts";

/** Notifies the room's agent, and who may see reports, of a low rating. @throws {Unavailable} */
export async function notifyLowRating(chat: Chat, key: RoomKey, rating: LowRating): Promise<void> {
  const { episode, score, entry, assignee } = rating;
  const members = await membersOf(chat, key.admin);
  if (members.length < 2) return;
  const readers = members.filter((member) => member.id === assignee || roleMay(member.role, "reports"));
  await notify(chat, key.admin, readers.map((member) => member.id), {
    ...{ consumer: key.consumer, kind: "rated", id: `rated ${episode}`, entry },
    detail: { episode, score },
  });
}
