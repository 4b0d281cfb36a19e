import type { BoxAsked, DeskPatch } from "../../db/desk_store.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { changeRoom, type RoomChange } from "./change_room.ts";

/** Rooms per page. */
const pageSize = 50;

/**
 * Changes every room of a box so that it is not in it any more, page by page. `change` returns undefined for a room
 * that stays.
 * @throws {Unavailable}
 */
export async function changeBox(
  chat: Chat,
  workspace: string,
  box: BoxAsked,
  change: (room: RoomRecord) => RoomChange | undefined | Promise<RoomChange | undefined>,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await chat.store.rooms(workspace, {
      limit: pageSize,
      cursor,
      filter: "all",
      box,
      messages: 0,
    });
    for (const { room } of page.rooms) await changeRoom(chat, room, undefined, change);
    cursor = page.cursor;
  } while (cursor);
}

/** Removes a deleted team or label from its rooms, without an entry in their staff logs. */
export async function clearRooms(
  chat: Chat,
  workspace: string,
  box: BoxAsked,
  patch: (room: RoomRecord) => DeskPatch,
): Promise<void> {
  await changeBox(chat, workspace, box, (room) => ({ set: patch(room) }));
}
