import type { Inbox } from "./inbox.ts";

/** The row element of a room, if rendered. */
export const rowOf = (consumer: string) =>
  document.querySelector<HTMLElement>(`.room[data-consumer="${CSS.escape(consumer)}"]`);

/** The room of the focused row. */
export function focusedRoom(): string | undefined {
  return (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".room")?.dataset.consumer;
}

/** The room whose row will be scrolled into view and focused. */
let due: string | undefined;

/** Moves the focus by `by` rows, scrolling the row into view if needed. */
export function walk(inbox: Inbox, by: 1 | -1): void {
  const { rooms } = inbox.shown.value;
  const here = due ?? focusedRoom() ?? inbox.selected.value;
  const place = rooms.findIndex(({ consumer }) => consumer === here);
  const next = rooms[place < 0 ? 0 : Math.min(Math.max(place + by, 0), rooms.length - 1)];
  if (!next) return;
  const row = rowOf(next.consumer);
  due = undefined;
  if (row) return focusRow(row);
  const scroller = document.querySelector<HTMLElement>(".room-scroll");
  if (!scroller) return;
  const height = scroller.scrollHeight / Math.max(1, rooms.length);
  scroller.scrollTop = rooms.indexOf(next) * height;
  due = next.consumer;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (due !== next.consumer) return;
      due = undefined;
      focusRow(rowOf(next.consumer));
    })
  );
}

function focusRow(row: HTMLElement | null): void {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

/** Moves the focus back into the list. */
export function toList(inbox: Inbox): void {
  const { selected, shown } = inbox;
  focusRow(rowOf(selected.value ?? shown.value.rooms[0]?.consumer ?? ""));
}
