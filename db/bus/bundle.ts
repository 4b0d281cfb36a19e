import type { Whisper } from "../bus.ts";
import { nameOf } from "../room_name.ts";
import type { RoomKey } from "../store.ts";

/** What one instance tells the others at once. */
export interface Bundle {
  from: string;
  rung: [admin: string, consumer: string, seq: number][];
  whispers: Whisper[];
}

/** Gathers what is to be told until it is sent. Of a room only the highest seq matters. */
export class Gathering {
  #rung = new Map<string, Bundle["rung"][number]>();
  #whispers: Whisper[] = [];

  get isEmpty(): boolean {
    return this.#rung.size === 0 && this.#whispers.length === 0;
  }

  ring(key: RoomKey, seq: number): void {
    const name = nameOf(key);
    if ((this.#rung.get(name)?.[2] ?? 0) < seq) this.#rung.set(name, [key.admin, key.consumer, seq]);
  }

  whisper(whisper: Whisper): void {
    this.#whispers.push(whisper);
  }

  /** Takes everything out, as texts of at most `maxBytes` bytes. Rings come after what was whispered before them. */
  take(from: string, maxBytes: number): string[] {
    const whispers = this.#whispers.map((whisper) => JSON.stringify(whisper));
    const rung = [...this.#rung.values()].map((one) => JSON.stringify(one));
    this.#rung.clear();
    this.#whispers = [];
    const wrap = (whispers: string[], rung: string[]) =>
      `{"from":${JSON.stringify(from)},"whispers":[${whispers}],"rung":[${rung}]}`;
    const room = maxBytes - wrap([], []).length;
    return [
      ...portions(whispers, room).map((portion) => wrap(portion, [])),
      ...portions(rung, room).map((portion) => wrap([], portion)),
    ];
  }
}

/** Texts of ASCII characters, put together as far as they fit. One that does not fit at all is dropped. */
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
