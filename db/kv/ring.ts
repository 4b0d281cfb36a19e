import { bellOf, everybody } from "../bells.ts";
import type { Whisper } from "../bus.ts";
import type { Change, Engine } from "./engine.ts";
import { keys } from "./keys.ts";

/** How long it can be read what a bell was rung for. Who was away for longer looks at the rooms themselves. */
const readableMs = 60_000;

/** What a bell was rung for. */
export type Ring =
  | { from: string; admin: string; consumer: string; seq: number }
  | { from: string; whispers: Whisper[] };

/** What rings the bell of an admin, or everybody's, along with a change. A watcher may see one of many: it reads the rings. */
export function ringing(engine: Engine, ring: Ring, admin?: string): Required<Pick<Change, "sets" | "sums">> {
  const bell = admin === undefined ? everybody : bellOf(admin);
  const key = [...keys.rings(bell), engine.kv.commitVersionstamp() as unknown as Deno.KvKeyPart];
  return { sets: [{ key, value: ring, expireIn: readableMs }], sums: [{ key: keys.bell(bell), by: 1 }] };
}
