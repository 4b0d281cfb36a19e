import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ClientFrame, ServerFrame } from "../../../protocol/frames.ts";
import { typingLapsesMs } from "../../../protocol/limits.ts";
import type { RoomAndVisitor, RoomCounts } from "../../../protocol/portal.ts";
import type { Message, Room } from "../../../protocol/records.ts";
import { call } from "../service/calls.ts";
import { type List, RoomPages } from "./room_pages.ts";
import { isActive, type RoomView, viewOf, withMessage } from "./room_view.ts";
import { SortedRooms } from "./sorted_rooms.ts";
import { belongs, isByActivity, isListed, isSortable, rankOf, type Sort, type Tab } from "./tab.ts";

/** Under load the list is sorted at most this often. Milliseconds. */
const redrawMs = 120;
/** Most rooms that are requested one by one after a reconnect. */
const mostDoubts = 50;

/** A list's rooms and loading state. */
export interface Shown {
  rooms: readonly RoomView[];
  hasMore: boolean;
  failed: boolean;
  /** The first page is loaded. */
  isLoaded: boolean;
}

/** Result of looking for a room. */
export type Finding = "there" | "missing" | { failed: unknown };

/** All rooms of the admin known to this page, updated by events over the one socket. */
export class Inbox {
  readonly tab = signal<Tab>("open");
  readonly sort = signal<Sort>("newest");
  /** The own id in the workspace, once the service has told it. */
  readonly you = signal<string | undefined>(undefined);
  readonly counts = signal<RoomCounts | undefined>(undefined);
  /** The open room; it stays in the list, wherever it belongs by now. */
  readonly selected = signal<string | undefined>(undefined);
  /** Called for each live message, before anything else. */
  onMessage: (message: Message, view: RoomView) => void = () => {};
  /** A room was deleted. */
  onForgotten: (consumer: string) => void = () => {};

  #views = new Map<string, RoomView>();
  #signals = new Map<string, ReturnType<typeof signal<RoomView | undefined>>>();
  #sorted = new SortedRooms();
  #pages: RoomPages;
  #version = signal(0);
  #redraw?: ReturnType<typeof setTimeout>;
  #lastDrawn = 0;
  #typing = new Map<string, ReturnType<typeof setTimeout>>();
  #completing = new Map<string, Promise<Finding>>();
  /** Rooms known from before the reconnect: they may have been deleted meanwhile. */
  #doubtful = new Set<string>();

  constructor(send: (frame: ClientFrame) => boolean) {
    this.#pages = new RoomPages(send);
  }

  /** The rooms of the shown list, sorted. */
  readonly shown: ReadonlySignal<Shown> = computed(() => {
    const selected = this.selected.value;
    return this.#shownOf(this.#list, (view) => view.consumer === selected);
  });

  /** A list beside the shown one. It is not read by this. */
  of(list: List): Shown {
    return this.#shownOf(list, () => false);
  }

  #shownOf(list: List, isKept: (view: RoomView) => boolean): Shown {
    this.#version.value;
    const you = this.you.value, { tab } = list;
    const { boundary, order, hasMore, failed, read, asking } = this.#pages.of(list);
    const isIn = (view: RoomView) => belongs(view, tab, you) || isKept(view);
    const isLoaded = read > 0 || boundary < Infinity || (!hasMore && !asking);
    const rooms = isListed(tab) ? this.#listed(order, isIn) : this.#ranked(list, boundary, isIn);
    return { rooms, hasMore, failed, isLoaded };
  }

  #listed(order: readonly string[], isIn: (view: RoomView) => boolean): RoomView[] {
    return order.map((consumer) => this.#views.get(consumer)).filter((view) => view !== undefined).filter(
      isIn,
    );
  }

  #ranked({ tab, sort }: List, boundary: number, isIn: (view: RoomView) => boolean): RoomView[] {
    const by = isSortable(tab) ? sort : "newest", rank = (view: RoomView) => rankOf(view, tab, by);
    const rooms = this.#sorted.list.filter((view) => rank(view) >= boundary && isIn(view));
    return isByActivity(tab, by) ? rooms : rooms.sort((a, b) => rank(b) - rank(a) || 0);
  }

  get #list(): List {
    return { tab: this.tab.value, sort: this.sort.value };
  }

  /** Whether a known room's answer is overdue. */
  hasOverdue(now: number): boolean {
    this.#version.value;
    return this.#sorted.list.some((view) => view.dueAt !== undefined && view.dueAt <= now && isActive(view));
  }

  get knowsAny(): boolean {
    return this.#views.size > 0;
  }

  /** One room, for a component that shows just that one. */
  room(consumer: string): ReadonlySignal<RoomView | undefined> {
    let one = this.#signals.get(consumer);
    if (!one) this.#signals.set(consumer, one = signal(this.#views.get(consumer)));
    return one;
  }

  show(tab: Tab, sort = this.sort.value): void {
    batch(() => {
      this.tab.value = tab;
      this.sort.value = sort;
    });
    if (this.#pages.of(this.#list).read === 0) this.more();
  }

  /** Loads more of the shown list. */
  more(): void {
    this.#pages.more(this.#list);
    this.#draw();
  }

  /** Loads the first rooms of any list, unless that was done. */
  peek(list: List, rooms: number): void {
    if (this.#pages.of(list).read < rooms) this.#pages.more(list, rooms);
  }

  /** The service dropped us as too slow a reader. */
  slower(): void {
    this.#pages.slower();
  }

  /** Loads a room of which at most a message is known. Concurrent calls share one request. */
  complete(consumer: string): Promise<Finding> {
    let asking = this.#completing.get(consumer);
    if (!asking) this.#completing.set(consumer, asking = this.#find(consumer));
    return asking;
  }

  async #find(consumer: string): Promise<Finding> {
    try {
      const path = `/messages/api/rooms/${encodeURIComponent(consumer)}`;
      const { room } = await call<RoomAndVisitor>("GET", path);
      // Deleted meanwhile.
      if (!this.#completing.has(consumer)) return "missing";
      this.put(room);
      return "there";
    } catch (error) {
      return (error as { status?: number }).status === 404 ? "missing" : { failed: error };
    } finally {
      this.#completing.delete(consumer);
    }
  }

  /** Applies a room as sent by the service. */
  put(room: Room): void {
    this.#set(viewOf(room, this.#views.get(room.consumer)));
  }

  /** This side has read a room up to `seq`. */
  markRead(consumer: string, seq: number): void {
    this.#change(consumer, (view) => seq > view.readAdmin ? { ...view, readAdmin: seq } : view);
  }

  heard(frame: ServerFrame): void {
    switch (frame.command) {
      case "welcome":
        this.#doubtful = new Set(this.#views.keys());
        this.#pages.again(this.#list);
        return this.#draw();
      case "room":
        return batch(() => this.#page(frame));
      case "new_room":
        return this.put(frame.room);
      case "room_updated":
        this.#labelled(frame.room);
        return this.put(frame.room);
      case "room_forgotten":
        this.#forget(frame.consumer);
        return this.onForgotten(frame.consumer);
      case "new_message":
        if (frame.consumer !== undefined) this.#message(frame.consumer, frame.message);
        return;
      case "read":
        return this.#read(frame.consumer, frame.by, frame.seq);
      case "presence":
        return this.#change(frame.consumer, (view) => ({ ...view, online: frame.online }));
      case "typing":
        return this.#types(frame.consumer, frame.typing);
      case "counts":
        return void (this.counts.value = countsIn(frame));
      case "error":
        if (frame.re === "fetch_rooms") this.#pages.refused();
        return this.#draw();
    }
  }

  #page(frame: Extract<ServerFrame, { command: "room" }>): void {
    const page = this.#pages.page(frame);
    for (const room of page?.rooms ?? []) this.put(room);
    this.#draw();
    if (page && !this.#pages.of(page.list).asking) this.#settleDoubts(page.list);
  }

  /** A label that a room did not have before: the room comes first in that label's list. */
  #labelled({ consumer, labels = [] }: Room): void {
    const before = this.#views.get(consumer)?.labels ?? [];
    for (const label of labels) if (!before.includes(label)) this.#pages.first(`label:${label}`, consumer);
  }

  /** The own agent was mentioned in a room. */
  mentioned(consumer: string): void {
    this.#pages.first("mentions", consumer);
    if (this.#views.has(consumer)) this.#draw();
    else void this.complete(consumer);
  }

  /** The list was reloaded as far as before: rooms that should have been in it and were not are requested one by one. */
  #settleDoubts(list: List): void {
    const { boundary } = this.#pages.of(list), you = this.you.value;
    const by = isSortable(list.tab) ? list.sort : "newest";
    for (const consumer of [...this.#doubtful].slice(0, mostDoubts)) {
      const view = this.#views.get(consumer);
      if (!view || rankOf(view, list.tab, by) < boundary || !belongs(view, list.tab, you)) continue;
      this.#doubtful.delete(consumer);
      void this.complete(consumer).then((found) => found === "missing" && this.#forget(consumer));
    }
  }

  #message(consumer: string, message: Message): void {
    const view = withMessage(consumer, message, this.#views.get(consumer));
    if (view.typing === false) this.#stopTyping(consumer);
    this.#set(view);
    this.onMessage(message, view);
  }

  #read(consumer: string | undefined, by: "admin" | "visitor", seq: number): void {
    if (by === "admin" && consumer !== undefined) return this.markRead(consumer, seq);
    this.#change(consumer, (view) => seq > view.readVisitor ? { ...view, readVisitor: seq } : view);
  }

  #types(consumer: string | undefined, typing: boolean): void {
    if (consumer === undefined || !this.#views.has(consumer)) return;
    this.#stopTyping(consumer);
    if (typing) this.#typing.set(consumer, setTimeout(() => this.#types(consumer, false), typingLapsesMs));
    this.#change(consumer, (view) => view.typing === typing ? view : { ...view, typing });
  }

  #stopTyping(consumer: string): void {
    clearTimeout(this.#typing.get(consumer));
    this.#typing.delete(consumer);
  }

  #forget(consumer: string): void {
    this.#completing.delete(consumer);
    const view = this.#views.get(consumer);
    if (!view) return;
    this.#views.delete(consumer);
    this.#sorted.remove(view);
    this.#signals.get(consumer)!.value = undefined;
    this.#signals.delete(consumer);
    this.#draw();
  }

  #change(consumer: string | undefined, change: (view: RoomView) => RoomView): void {
    const view = consumer === undefined ? undefined : this.#views.get(consumer);
    if (view) this.#set(change(view));
  }

  #set(view: RoomView): void {
    this.#doubtful.delete(view.consumer);
    const before = this.#views.get(view.consumer);
    if (before === view) return;
    this.#views.set(view.consumer, view);
    this.#sorted.put(view, before);
    (this.room(view.consumer) as { value: RoomView | undefined }).value = view;
    this.#draw();
  }

  /** Renders the list at once if that was not done lately, else a little later, together with later changes. */
  #draw(): void {
    if (this.#redraw !== undefined) return;
    const since = performance.now() - this.#lastDrawn;
    const wait = since > redrawMs ? 0 : redrawMs - since;
    this.#redraw = setTimeout(() => {
      this.#redraw = undefined;
      this.#lastDrawn = performance.now();
      this.#version.value++;
    }, wait);
  }
}

function countsIn({ command: _, ...counts }: Extract<ServerFrame, { command: "counts" }>): RoomCounts {
  return counts;
}
