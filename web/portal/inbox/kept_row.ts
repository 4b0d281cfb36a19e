import { useLayoutEffect, useRef } from "preact/hooks";
import type { RoomView } from "./room_view.ts";
import { focusedRoom, rowOf } from "./walk.ts";

/** Keeps the focus on its row when the list is rendered again, or moves it to the row that took its position. */
export function useKeptRow(rooms: readonly RoomView[]): void {
  const before = useRef(rooms);
  const focused = focusedRoom();
  useLayoutEffect(() => {
    const place = before.current.findIndex(({ consumer }) => consumer === focused);
    before.current = rooms;
    if (focused === undefined || document.activeElement !== document.body) return;
    const isThere = rooms.some(({ consumer }) => consumer === focused);
    const heir = isThere ? focused : rooms[Math.min(Math.max(place, 0), rooms.length - 1)]?.consumer;
    if (heir !== undefined) rowOf(heir)?.focus({ preventScroll: true });
  });
}
