import { isOpen, isWaiting, listOf } from "../../desk.ts";
import type { RoomRecord } from "../../room.ts";
import { keys } from "../keys.ts";

/**
 * The keys of a room in the lists of a team's inbox; each ends with the number by which the list is ordered, and
 * the room's id. The lists that most rooms are in are few and split by flags, so that one entry serves several
 * boxes: a message of a workspace without a team moves two of them at most. Label lists are ordered by the time of
 * labelling: a message moves nothing there.
 */
export function deskPlaces(room: RoomRecord): Deno.KvKey[] {
  const { admin, id, snoozedUntil, dueAt, botDueAt, labels = [], labelledAt } = room;
  const places = labels.map((label, i) => [...lists.label(admin, label), labelledAt![i]!, id] as Deno.KvKey);
  if (isOpen(room)) places.push(...openPlaces(room));
  if (listOf(room) === "snoozed") places.push([...lists.snoozed(admin), snoozedUntil!, id]);
  if (snoozedUntil !== undefined) places.push([...keys.due, snoozedUntil, id, "snooze"]);
  if (botDueAt !== undefined) places.push([...keys.due, botDueAt, id, "bot"]);
  if (dueAt !== undefined) places.push([...keys.due, dueAt, id, "due"]);
  return places;
}

function openPlaces(room: RoomRecord): Deno.KvKey[] {
  const { admin, id, assignee, team, active, waitingSince } = room;
  const waits = isWaiting(room), assigned = assignee !== undefined;
  const places: Deno.KvKey[] = assigned ? [] : [[...lists.unassigned(admin, waits), active, id]];
  if (assigned) places.push([...lists.agent(admin, assignee, waits), active, id]);
  if (team !== undefined) places.push([...lists.team(admin, team, waits), active, id]);
  if (!waits) return places;
  places.push([...lists.waiting(admin, assigned, team !== undefined), waitingSince!, id]);
  if (assigned) places.push([...lists.agentWaiting(admin, assignee), waitingSince!, id]);
  if (team !== undefined) places.push([...lists.teamWaiting(admin, team, assigned), waitingSince!, id]);
  return places;
}

const flag = Number;

/** The lists: by activity, by the start of waiting, by the end of the snooze, by labelling. */
export const lists = {
  unassigned: (admin: string, waits: boolean) => keys.box(admin, "unassigned", flag(waits)),
  agent: (admin: string, agent: string, waits: boolean) => keys.box(admin, "agent", agent, flag(waits)),
  team: (admin: string, team: string, waits: boolean) => keys.box(admin, "team", team, flag(waits)),
  waiting: (admin: string, assigned: boolean, teamed: boolean) =>
    keys.box(admin, "waiting", flag(assigned), flag(teamed)),
  agentWaiting: (admin: string, agent: string) => keys.box(admin, "agent waiting", agent),
  teamWaiting: (admin: string, team: string, assigned: boolean) =>
    keys.box(admin, "team waiting", team, flag(assigned)),
  snoozed: (admin: string) => keys.box(admin, "snoozed"),
  label: (admin: string, label: string) => keys.box(admin, "label", label),
};
