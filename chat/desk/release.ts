import { teams } from "../../db/collections/teams.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { type AssignedWhy, handOver } from "./assignment.ts";
import { isAvailable } from "./availability.ts";
import { changeRoom, type RoomChange } from "./change_room.ts";
import { changeBox } from "./clear_rooms.ts";

/** Longest time since a conversation was resolved in which it goes back to who answered it. Milliseconds. */
const previousMs = 24 * 3_600_000;

/** Gives the open rooms of an agent back to the queue. `only`: those that it is about. @throws {Unavailable} */
export async function releaseRooms(
  chat: Chat,
  workspace: string,
  agent: string,
  why: AssignedWhy,
  only: (room: RoomRecord) => boolean = () => true,
): Promise<void> {
  await changeBox(chat, workspace, { kind: "mine", id: agent }, (room) => {
    if (room.assignee !== agent || !only(room)) return undefined;
    return handOver(room, { agent: null, team: room.team ?? null }, why);
  });
}

/** Gives all rooms of somebody who may not answer any more back to the queue. @throws {Unavailable} */
export async function releaseMember(chat: Chat, workspace: string, agent: string): Promise<void> {
  await releaseRooms(chat, workspace, agent, "left");
  await changeBox(chat, workspace, { kind: "snoozed" }, (room) => {
    return room.assignee === agent
      ? handOver(room, { agent: null, team: room.team ?? null }, "left")
      : undefined;
  });
}

/**
 * A visitor's text has opened a resolved room again: it stays with its agent if that one is there and the room was not
 * resolved for long; else it goes back to the queue. @throws {Unavailable}
 */
export async function reassignReopened(chat: Chat, reopened: RoomRecord): Promise<void> {
  if (reopened.assignee === undefined && reopened.team === undefined) return;
  const isKept = await isStillTheirs(chat, reopened);
  await changeRoom(chat, reopened, undefined, (room) => queued(chat, room, reopened, isKept));
}

async function queued(
  chat: Chat,
  room: RoomRecord,
  reopened: RoomRecord,
  isKept: boolean,
): Promise<RoomChange | undefined> {
  // Somebody has taken it meanwhile.
  if (room.assignee !== reopened.assignee) return undefined;
  const team = room.team !== undefined && await teams.get(chat.store, [room.admin, room.team])
    ? room.team
    : null;
  return handOver(room, { agent: isKept ? room.assignee ?? null : null, team }, "reopened");
}

async function isStillTheirs(chat: Chat, room: RoomRecord): Promise<boolean> {
  const { admin, assignee } = room;
  if (assignee === undefined) return false;
  if (!await isAvailable(chat, admin, assignee)) return false;
  const statuses = await chat.store.messagesBefore(room, undefined, 1, "status");
  const resolved = Date.parse(statuses[0]?.created ?? "");
  return chat.now() - resolved < previousMs;
}
