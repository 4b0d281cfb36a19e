import type { EphemeralEvent } from "../bus.ts";
import { nameOf } from "../room_key.ts";
import type { RoomKey } from "../store.ts";

/** A payload from one instance to the others. */
export interface Bundle {
  from: string;
  rung: [admin: string, consumer: string, seq: number][];
  whispers: EphemeralEvent[];
}

/** Collects outgoing events until they are sent; per room only the highest seq. */
export class Gathering {
  #heads = new Map<string, Bundle["rung"][number]>();
  #ephemerals: EphemeralEvent[] = [];

  get isEmpty(): boolean {
    return this.#heads.size === 0 && this.#ephemerals.length === 0;
  }

  notify(key: RoomKey, seq: number): void {
    const name = nameOf(key);
    if ((this.#heads.get(name)?.[2] ?? 0) < seq) this.#heads.set(name, [key.admin, key.consumer, seq]);
  }

  publish(ephemeral: EphemeralEvent): void {
    this.#ephemerals.push(ephemeral);
  }

  /**
   * Takes everything, serialized into strings of at most `maxBytes` bytes. Ephemeral events come before
   * notifications.
   */
  take(from: string, maxBytes: number): string[] {
    const whispers = this.#ephemerals.map((ephemeral) => JSON.stringify(ephemeral));
    const rung = [...this.#heads.values()].map((one) => JSON.stringify(one));
    this.#heads.clear();
    this.#ephemerals = [];
    const wrap = (whispers: string[], rung: string[]) =>
      `{"from":${JSON.stringify(from)},"whispers":[${whispers}],"rung":[${rung}]}`;
    const room = maxBytes - wrap([], []).length;
    return [
      ...portions(whispers, room).map((portion) => wrap(portion, [])),
      ...portions(rung, room).map((portion) => wrap([], portion)),
    ];
  }
}

/** Groups ASCII strings up to `max` characters. A single string above the limit is dropped. */
function portions(texts: string[], max: number): string[][] {
  const all: string[][] = [];
  let length = Infinity;
  for (const text of texts) {
    if (text.length > max) continue;
    if (length + text.length + 1 > max) {
      all.push([]);
      length = 0;
    }
    all.at(-1)!.push(text);
    length += text.length + 1;
  }
  return all;
}
