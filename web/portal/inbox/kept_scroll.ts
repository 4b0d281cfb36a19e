import type { RefObject } from "preact";
import { useRef } from "preact/hooks";
import type { RoomView } from "./room_view.ts";

/** Visible rooms, and the index of the first of them. */
interface Sight {
  rooms: readonly RoomView[];
  from: number;
}

/** Keeps the scroll position when rooms are added on top: a user about to click a row clicks that one. */
export function useKeptScroll(
  scroller: RefObject<HTMLElement | null>,
  rooms: readonly RoomView[],
  rowHeight: number,
) {
  const sight = useRef<Sight | undefined>(undefined);
  return {
    /** Records the visible rooms. */
    look() {
      const { scrollTop, clientHeight } = scroller.current!;
      const from = Math.floor(scrollTop / rowHeight);
      const to = Math.ceil((scrollTop + clientHeight) / rowHeight);
      sight.current = scrollTop > 0 ? { from, rooms: rooms.slice(from, to) } : undefined;
    },
    /** Scrolls back to them once other rooms are rendered. Returns by how much, in pixels. */
    keep(): number {
      const moved = sight.current ? movedBy(sight.current, rooms) : 0;
      if (moved !== 0) scroller.current!.scrollTop += moved * rowHeight;
      return moved * rowHeight;
    },
  };
}

/** By how many rows the first visible room moved down; a room with new activity moved on its own. */
function movedBy({ rooms: before, from }: Sight, rooms: readonly RoomView[]): number {
  for (const [i, room] of before.entries()) {
    const place = rooms.findIndex(({ consumer }) => consumer === room.consumer);
    if (rooms[place]?.active === room.active) return place - (from + i);
  }
  return 0;
}
