import type { RoomView } from "./room_view.ts";

/** Rooms by latest activity. Moving a room costs two binary searches. */
export class SortedRooms {
  readonly #list: RoomView[] = [];

  get list(): readonly RoomView[] {
    return this.#list;
  }

  /** Inserts a room, or moves it to its position. */
  put(view: RoomView, before?: RoomView): void {
    if (before && compare(before, view) === 0) return void (this.#list[this.#placeOf(before)] = view);
    if (before) this.remove(before);
    this.#list.splice(this.#placeOf(view), 0, view);
  }

  remove(view: RoomView): void {
    const place = this.#placeOf(view);
    if (this.#list[place]?.consumer === view.consumer) this.#list.splice(place, 1);
  }

  /** The index of a room, present or not. */
  #placeOf(view: RoomView): number {
    let low = 0, high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.#list[middle]!, view) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compare(a: RoomView, b: RoomView): number {
  return b.active - a.active || (a.consumer < b.consumer ? -1 : a.consumer > b.consumer ? 1 : 0);
}
