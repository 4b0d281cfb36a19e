import type { RefObject } from "preact";
import { useRef } from "preact/hooks";
import type { RoomView } from "./room_view.ts";

/** Height of a row, as `style/inbox.css` has it. Pixels. */
export const rowHeight = 72;

/** Rooms in sight, and at which place of the list the first of them stands. */
interface Sight {
  rooms: readonly RoomView[];
  from: number;
}

/** Scrolled down, a list stays where it is whatever comes to its top: who is about to press a row presses that one. */
export function useKeptScroll(scroller: RefObject<HTMLElement | null>, rooms: readonly RoomView[]) {
  const sight = useRef<Sight | undefined>(undefined);
  return {
    /** Notes what is in sight. */
    look() {
      const { scrollTop, clientHeight } = scroller.current!;
      const from = Math.floor(scrollTop / rowHeight);
      const to = Math.ceil((scrollTop + clientHeight) / rowHeight);
      sight.current = scrollTop > 0 ? { from, rooms: rooms.slice(from, to) } : undefined;
    },
    /** Scrolls to what was in sight, once other rooms are drawn. */
    keep() {
      const moved = sight.current ? movedBy(sight.current, rooms) : 0;
      if (moved !== 0) scroller.current!.scrollTop += moved * rowHeight;
    },
  };
}

/** By how many places the first room in sight stands further down; one in which something happened went its own way. */
function movedBy({ rooms: before, from }: Sight, rooms: readonly RoomView[]): number {
  for (const [i, room] of before.entries()) {
    const place = rooms.findIndex(({ consumer }) => consumer === room.consumer);
    if (rooms[place]?.active === room.active) return place - (from + i);
  }
  return 0;
}
