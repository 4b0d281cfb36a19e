import type { RoomFilter } from "../../../protocol/frames.ts";
import { type RoomView, unreadOf } from "./room_view.ts";

export type Tab = RoomFilter;
export const tabs: readonly Tab[] = ["open", "unread", "resolved", "all"];

/** Whether a room belongs to a tab. */
export function belongs(view: RoomView, tab: Tab): boolean {
  switch (tab) {
    case "open":
    case "resolved":
      return view.status === tab;
    case "unread":
      return unreadOf(view) > 0;
    case "all":
      return true;
  }
}
