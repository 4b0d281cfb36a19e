import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ServerFrame } from "../../../protocol/frames.ts";

type WatchingFrame = Extract<ServerFrame, { command: "watching" }>;
export type Watcher = WatchingFrame["agents"][number];

const nobody: readonly Watcher[] = [];

/** Which colleagues look at each room, and which of them write. */
export class Watchers {
  #rooms = new Map<string, Signal<readonly Watcher[]>>();

  of(consumer: string): ReadonlySignal<readonly Watcher[]> {
    return this.#room(consumer);
  }

  /** `you`: the own id, which is left out. */
  heard({ consumer, agents }: WatchingFrame, you: string | undefined): void {
    this.#room(consumer).value = agents.filter(({ id }) => id !== you);
  }

  /** The connection is new: nothing is known. */
  clear(): void {
    for (const room of this.#rooms.values()) room.value = nobody;
  }

  #room(consumer: string): Signal<readonly Watcher[]> {
    let room = this.#rooms.get(consumer);
    if (!room) this.#rooms.set(consumer, room = signal(nobody));
    return room;
  }
}
