import type { Labelling } from "../../protocol/desk.ts";
import { maxLabelsOfRoom } from "../../protocol/limits.ts";
import { labels as collection } from "../../db/collections/labels.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput } from "../errors.ts";
import { demand } from "../permissions.ts";
import { roomOf, type Who } from "../who.ts";
import { type ChangedRoom, changeRoom } from "./change_room.ts";

/** Adds and drops labels of a room. @throws {NotAllowed | InvalidInput | Unavailable} */
export async function labelRoom(
  chat: Chat,
  who: Who,
  consumer: string,
  { add, drop }: Labelling,
): Promise<ChangedRoom> {
  const workspace = demand(who, "write");
  const known = await collection.getMany(chat.store, add.map((id) => [workspace, id]));
  if (known.includes(undefined)) throw new InvalidInput({ add: "one of them is no label" });
  return await changeRoom(chat, roomOf(who, consumer), who, ({ labels = [] }) => {
    const added = [...new Set(add)].filter((id) => !labels.includes(id) && !drop.includes(id));
    const dropped = labels.filter((id) => drop.includes(id));
    if (added.length + dropped.length === 0) return undefined;
    const next = [...labels.filter((id) => !dropped.includes(id)), ...added];
    if (next.length > maxLabelsOfRoom) {
      throw new InvalidInput({ add: `a conversation has at most ${maxLabelsOfRoom} labels` });
    }
    return { set: { labels: next }, entry: { kind: "labelled", detail: { add: added, drop: dropped } } };
  });
}
