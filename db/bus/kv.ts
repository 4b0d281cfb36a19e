import { bellOf, bells, everybody } from "../bells.ts";
import type { Bus, BusOptions, Ear, Whisper } from "../bus.ts";
import type { Engine } from "../kv/engine.ts";
import { keys } from "../kv/keys.ts";
import { openEngine } from "../kv/open.ts";
import { type Ring, ringing } from "../kv/ring.ts";
import { Every } from "./every.ts";
import { headsOf } from "./kv_heads.ts";
import { watchBells } from "./kv_watch.ts";

/** Heads of what is followed are looked up this often: so late is a message whose ring was lost. */
const sweepMs = 5_000;
/** Rings of one bell that are read at once. */
const mostRings = 500;

/**
 * The bus over bells that are rung in the very change they tell of, and watched. A watcher is told only that a bell was
 * rung, and of many rings perhaps once: what for, it reads.
 * @throws {CannotOpen}
 */
export async function openKvBus(place: string, options: BusOptions): Promise<Bus> {
  const { engine } = await openEngine(place);
  return new KvBus(engine, options);
}

class KvBus implements Bus {
  #readers: Every[] = [];
  /** Up to where each bell's rings were read: the time of a commit. */
  #read: string[] = [];
  #sweep: Every | undefined;
  #stopWatching: (() => Promise<void>) | undefined;
  #whispering = new Set<Promise<void>>();
  #lookedAt = Date.now();

  constructor(readonly engine: Engine, readonly options: BusOptions) {}

  /** Nothing to do: the change that stored the message has rung. */
  ring(): void {}

  whisper(whisper: Whisper): void {
    const ring: Ring = { from: this.options.instance, whispers: [whisper] };
    const admin = "admin" in whisper ? whisper.admin : undefined;
    const sent = this.engine.change(ringing(this.engine, ring, admin)).then(
      () => {},
      (error) => this.options.onTrouble?.("Telling other instances failed", error),
    ).finally(() => this.#whispering.delete(sent));
    this.#whispering.add(sent);
  }

  async listen(ear: Ear): Promise<void> {
    const trouble = (error: unknown) =>
      this.options.onTrouble?.(
        "Looking for messages of other instances failed and will be tried again",
        error,
      );
    const all = Array.from({ length: bells + 1 }, (_, bell) => bell);
    const { versionstamp } = await this.engine.kv.set(keys.touched, true);
    this.#read = all.map(() => versionstamp);
    this.#readers = all.map((bell) => new Every(() => this.#readRings(bell, ear), trouble));
    this.#sweep = new Every(() => this.#lookUp(ear), trouble, sweepMs);
    if (!this.options.isDeaf) {
      this.#stopWatching = watchBells(this.engine.kv, (bell) => void this.#readers[bell]!.now(), trouble);
    }
    await this.#sweep.now();
  }

  async close(): Promise<void> {
    await this.#stopWatching?.();
    await Promise.all([...this.#readers, this.#sweep].map((every) => every?.close()));
    await Promise.all(this.#whispering);
    this.engine.close();
  }

  /** Rings of those whom nobody here follows stay unread until somebody does; they are gone after a minute. */
  async #readRings(bell: number, ear: Ear): Promise<void> {
    if (bell !== everybody && !isFollowed(bell, ear)) return;
    for (let page; (page = await this.#ringsAfter(bell)).length > 0;) {
      for (const { key, value } of page) {
        this.#read[bell] = key.at(-1) as string;
        if (value.from !== this.options.instance) tell(value, ear);
      }
    }
  }

  #ringsAfter(bell: number): Promise<Deno.KvEntry<Ring>[]> {
    const prefix = keys.rings(bell);
    // A text that begins with another one follows right behind it.
    return this.engine.list<Ring>({ prefix, start: [...prefix, `${this.#read[bell]}0`] }, {
      limit: mostRings,
    });
  }

  async #lookUp(ear: Ear): Promise<void> {
    const began = Date.now();
    for (const room of await headsOf(this.engine, ear.followed(), this.#lookedAt)) ear.heard(room, room.head);
    this.#lookedAt = began;
  }
}

function isFollowed(bell: number, ear: Ear): boolean {
  for (const admin of ear.followedAdmins()) if (bellOf(admin) === bell) return true;
  return false;
}

function tell(ring: Ring, ear: Ear): void {
  if (!("whispers" in ring)) return ear.heard({ admin: ring.admin, consumer: ring.consumer }, ring.seq);
  for (const whisper of ring.whispers) ear.whispered(whisper, ring.from);
}
