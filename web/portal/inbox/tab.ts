import type { RoomFilter } from "../../../protocol/frames.ts";
import type { RoomCounts } from "../../../protocol/portal.ts";
import { isActive, type RoomView, unreadOf } from "./room_view.ts";

/** A box of the inbox that only a service with a team's desk knows. */
export type Box =
  | ("mine" | "unassigned" | "waiting" | "bot" | "snoozed" | "mentions")
  | `team:${string}`
  | `label:${string}`;

/** A list of rooms: one of the four tabs, or a box. */
export type Tab = RoomFilter | Box;
export const tabs: readonly RoomFilter[] = ["open", "unread", "resolved", "all"];

const boxes =
  /^(open|unread|resolved|all|mine|unassigned|waiting|bot|snoozed|mentions|(team|label):[a-z0-9]+)$/;

/** Whether a text, such as one of an address, names a list. */
export const isTab = (name: string | undefined): name is Tab => name !== undefined && boxes.test(name);

/** The order of a list. */
export type Sort = "newest" | "longest_waiting";

export const isBox = (tab: Tab): tab is Box => !(tabs as readonly string[]).includes(tab);

/** Lists whose order the service alone knows. */
export const isListed = (tab: Tab): boolean => tab === "mentions" || tab.startsWith("label:");

/** Lists whose order may be chosen. */
export const isSortable = (tab: Tab): boolean =>
  isBox(tab) && !isListed(tab) && tab !== "snoozed" && tab !== "bot";

/** Whether a room belongs to a list; `you`: the own id. */
export function belongs(view: RoomView, tab: Tab, you?: string): boolean {
  switch (tab) {
    case "open":
      return view.status !== "resolved" && view.status !== "bot" && view.snoozedUntil === undefined;
    case "resolved":
      return view.status === "resolved";
    case "unread":
      return unreadOf(view) > 0;
    case "all":
    // Only the service knows who was mentioned where.
    // falls through
    case "mentions":
      return true;
    case "mine":
      return isActive(view) && view.assignee !== undefined && view.assignee === you;
    case "unassigned":
      return isActive(view) && view.assignee === undefined;
    case "waiting":
      return isActive(view) && view.waitingSince !== undefined;
    case "bot":
      return view.status === "bot";
    case "snoozed":
      return view.snoozedUntil !== undefined && view.status !== "resolved";
  }
  return tab.startsWith("team:")
    ? isActive(view) && view.team === tab.slice("team:".length)
    : view.labels.includes(tab.slice("label:".length));
}

/** Whether a list's order is that of the latest activity. */
export const isByActivity = (tab: Tab, sort: Sort): boolean =>
  sort === "newest" && tab !== "waiting" && tab !== "snoozed";

/** Of the two kinds of rank, this puts rooms that wait before all others. */
const waitsFirst = 1e14;

/** Position of a room in a list, as the service orders it: greater comes first. */
export function rankOf({ active, waitingSince, snoozedUntil }: RoomView, tab: Tab, sort: Sort): number {
  if (tab === "snoozed") return -(snoozedUntil ?? Infinity);
  if (sort === "longest_waiting") return waitingSince === undefined ? active : waitsFirst - waitingSince;
  return tab === "waiting" ? waitingSince ?? -Infinity : active;
}

/** The number beside a list's name, where it is known. */
export function countOf(counts: RoomCounts | undefined, tab: Tab): number | undefined {
  if (!counts) return undefined;
  if (tab === "all") return counts.open + counts.resolved;
  return (counts as Partial<Record<Tab, number>>)[tab];
}
