import type { AssignTo } from "../../protocol/desk.ts";
import { teams } from "../../db/collections/teams.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { Conflict, InvalidInput } from "../errors.ts";
import { setStatus } from "../rooms/rooms.ts";
import { demand, roleMay } from "../permissions.ts";
import { notify } from "../staff/notify.ts";
import { entryBy } from "../staff/staff_log.ts";
import { memberById } from "../team/members.ts";
import { roomOf, type Who } from "../who.ts";
import { type ChangedRoom, changeRoom, type RoomChange } from "./change_room.ts";

/** Why a room changed hands without an assignment by a member. */
export type AssignedWhy = "taken" | "replied" | "balanced" | "reopened" | "gone" | "left";

/** Who a room belongs to; `null`: nobody. */
export interface Hands {
  agent: string | null;
  team: string | null;
}

/**
 * Assigns a room to who acts; its team stays. One that the bot has or had is open from then on.
 * @throws {NotAllowed | InvalidInput | Unavailable}
 */
export async function takeRoom(chat: Chat, who: Who, consumer: string): Promise<ChangedRoom> {
  demand(who, "write");
  const key = roomOf(who, consumer);
  const agent = who.kind === "admin" ? who.agent.id : null;
  const status = (await chat.store.room(key))?.status;
  if (status === "bot" || status === "waiting") await setStatus(chat, who, consumer, "open");
  return await changeRoom(chat, key, who, (room) => handOver(room, { ...handsOf(room), agent }, "taken"));
}

/** `assignRoom`, and the member who got the room is notified. @throws as `assignRoom` */
export async function assignAndNotify(
  chat: Chat,
  who: Who,
  consumer: string,
  to: AssignTo,
): Promise<ChangedRoom> {
  const result = await assignRoom(chat, who, consumer, to);
  if (result.changed && to.agent != null) await notifyAssignee(chat, result.room, who);
  return result;
}

/** Notifies the member whom a room was assigned to by somebody else. @throws {Unavailable} */
export async function notifyAssignee(chat: Chat, room: RoomRecord, by?: Who): Promise<void> {
  const { admin, consumer, assignee } = room;
  if (assignee === undefined) return;
  const { by: agent, byName } = by ? entryBy(by) : {};
  await notify(chat, admin, [assignee], { kind: "assigned", consumer, by: agent, byName });
}

/**
 * Assigns a room to a member, a team or both. Assigning a member keeps the team; a team alone clears the member.
 * Assigning it as it is changes nothing.
 * @throws {NotAllowed | InvalidInput | Conflict | Unavailable}
 */
export async function assignRoom(chat: Chat, who: Who, consumer: string, to: AssignTo): Promise<ChangedRoom> {
  const workspace = demand(who, "assign");
  if (to.agent === undefined && to.team === undefined) {
    throw new InvalidInput({ agent: "or team is missing" });
  }
  await checkHands(chat, workspace, to);
  return await changeRoom(chat, roomOf(who, consumer), who, (room) => {
    const is = handsOf(room);
    const agent = to.agent !== undefined ? to.agent : to.team !== undefined ? null : is.agent;
    const change = handOver(room, { agent, team: to.team !== undefined ? to.team : is.team });
    if (change && !isExpected(is, to.expect)) throw new Conflict(room);
    return change;
  });
}

export const handsOf = ({ assignee, team }: RoomRecord): Hands => ({
  agent: assignee ?? null,
  team: team ?? null,
});

const isExpected = (is: Hands, { agent = is.agent, team = is.team }: AssignTo["expect"] = {}) =>
  is.agent === agent && is.team === team;

/** The change that gives a room to somebody; undefined if it is theirs already. */
export function handOver(room: RoomRecord, to: Hands, why?: AssignedWhy): RoomChange | undefined {
  const was = handsOf(room);
  if (was.agent === to.agent && was.team === to.team) return undefined;
  const detail = { agent: to.agent, team: to.team, was, ...(why && { why }) };
  return {
    set: { assignee: to.agent, team: to.team },
    entry: { kind: "assigned", detail },
  };
}

/** @throws {InvalidInput} unless the agent may answer in this workspace, and the team exists */
async function checkHands(chat: Chat, workspace: string, { agent, team }: AssignTo): Promise<void> {
  if (agent != null && !await canAnswer(chat, workspace, agent)) {
    throw new InvalidInput({ agent: "is no member who may answer" });
  }
  if (team != null && !await teams.get(chat.store, [workspace, team])) {
    throw new InvalidInput({ team: "no such team" });
  }
}

/** Whether this is a member of the workspace who may write to visitors: nobody else is ever assigned. */
export async function canAnswer(chat: Chat, workspace: string, agent: string): Promise<boolean> {
  const member = await memberById(chat, workspace, agent);
  return member !== undefined && roleMay(member.role, "write");
}
