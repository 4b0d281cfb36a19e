import { useRef } from "preact/hooks";
import type { RoomView } from "./room_view.ts";

/** Duration of a row's move. Milliseconds. */
const moveMs = 160;

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Rendered rows of a list. */
export interface Drawn {
  list: string;
  rooms: readonly RoomView[];
  /** Index of the first of them in the list. */
  from: number;
  /** Height of a row. Pixels. */
  height: number;
}

/** Lets rows that have moved to another position of the list glide there (FLIP). */
export function useGlide(): (scroller: HTMLElement, drawn: Drawn, scrolled: number) => void {
  const before = useRef<{ list: string; places: Map<string, number> } | undefined>(undefined);
  return (scroller, { list, rooms, from, height }, scrolled) => {
    const old = before.current;
    const places = new Map(rooms.map(({ consumer }, i) => [consumer, from + i]));
    before.current = { list, places };
    if (old?.list !== list || still.matches) return;
    for (const row of scroller.querySelectorAll<HTMLElement>(".room[data-consumer]")) {
      const was = old.places.get(row.dataset.consumer!), is = places.get(row.dataset.consumer!);
      if (was === undefined || is === undefined) continue;
      const moved = (was - is) * height + scrolled;
      if (Math.abs(moved) < 1 || Math.abs(moved) > scroller.clientHeight) continue;
      row.animate([{ transform: `translateY(${moved}px)` }, { transform: "none" }], {
        duration: moveMs,
        easing: "ease-out",
      });
    }
  };
}
