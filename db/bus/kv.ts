import { bellOf, bells, everybody } from "../bells.ts";
import type { Bus, BusOptions, Ear, FoundRoom, Whisper } from "../bus.ts";
import type { Engine } from "../kv/engine.ts";
import { keys } from "../kv/keys.ts";
import { openEngine } from "../kv/open.ts";
import { type Ring, ringing } from "../kv/ring.ts";
import type { RoomRecord } from "../store.ts";
import { Every } from "./every.ts";
import { headsOf } from "./kv_heads.ts";
import { watchBells } from "./kv_watch.ts";

/** Heads of what is followed are looked up this often: so late is a message whose ring was lost. */
const sweepMs = 4_000;
/** After this without a look, rings may be gone that nobody here has read: they are kept for a minute. */
const missedMs = 30_000;
/** Rings of one bell that are read at once. */
const mostRings = 500;

/**
 * The bus over bells that are rung in the very change they tell of, and watched. A watcher is told only that a bell was
 * rung, and of many rings perhaps once: what for, it reads.
 * @throws {CannotOpen}
 */
export async function openKvBus(
  place: string,
  options: BusOptions,
  now: () => number = Date.now,
): Promise<Bus> {
  const { engine } = await openEngine(place);
  return new KvBus(engine, options, now);
}

class KvBus implements Bus {
  #readers: Every[] = [];
  /** Up to where each bell's rings were read: the time of a commit. */
  #read: string[] = [];
  #sweep: Every | undefined;
  #stopWatching: (() => Promise<void>) | undefined;
  #whispering = new Set<Promise<void>>();
  #lookedAt: number;

  /** `now`: milliseconds since 1970. */
  constructor(readonly engine: Engine, readonly options: BusOptions, readonly now: () => number) {
    this.#lookedAt = now();
  }

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
      this.#stopWatching = watchBells(
        this.engine.kv,
        (bell, versionstamp) => this.#rung(bell, versionstamp, ear),
        trouble,
      );
    }
    await this.#sweep.now();
  }

  async close(): Promise<void> {
    await this.#stopWatching?.();
    await Promise.all([...this.#readers, this.#sweep].map((every) => every?.close()));
    await Promise.all(this.#whispering);
    this.engine.close();
  }

  /** What a bell was rung for that nobody here follows is never told: whoever comes reads what there is by then. */
  #rung(bell: number, versionstamp: string, ear: Ear): void {
    if (isFollowed(bell, ear)) void this.#readers[bell]!.now();
    else this.#hasRead(bell, versionstamp);
  }

  #hasRead(bell: number, versionstamp: string): void {
    if (versionstamp > this.#read[bell]!) this.#read[bell] = versionstamp;
  }

  async #readRings(bell: number, ear: Ear): Promise<void> {
    if (!isFollowed(bell, ear)) return;
    for (let page; (page = await this.#ringsAfter(bell)).length > 0;) {
      for (const { key, value } of page) {
        this.#hasRead(bell, key.at(-1) as string);
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
    const began = this.now(), look = { asked: ear.followed(), began: performance.now() };
    const rooms = await headsOf(this.engine, look.asked, this.#lookedAt);
    for (const room of rooms) ear.heard(room, room.head);
    if (!this.options.isDeaf) await this.#lookAtBells(ear);
    if (began - this.#lookedAt > missedMs) ear.missed();
    this.#lookedAt = began;
    await ear.swept({ ...look, found: rooms.map(foundRoom) });
  }

  /** A watch that says nothing any more, and rings that could not be read, are found out here. */
  async #lookAtBells(ear: Ear): Promise<void> {
    const followed = [...new Set([...ear.followedAdmins()].map(bellOf)), everybody];
    const found = await this.engine.getMany(followed.map(keys.bell));
    found.forEach(({ versionstamp }, i) => {
      const bell = followed[i]!;
      if (versionstamp !== null && versionstamp > this.#read[bell]!) this.#rung(bell, versionstamp, ear);
    });
  }
}

function foundRoom({ admin, consumer, id, head, blocked, visitor }: RoomRecord): FoundRoom {
  return {
    admin,
    consumer,
    id,
    head,
    isBlocked: blocked !== undefined,
    isVerified: visitor?.verified === true,
  };
}

function isFollowed(bell: number, ear: Ear): boolean {
  if (bell === everybody) return true;
  for (const admin of ear.followedAdmins()) if (bellOf(admin) === bell) return true;
  return false;
}

function tell(ring: Ring, ear: Ear): void {
  if (!("whispers" in ring)) return ear.heard({ admin: ring.admin, consumer: ring.consumer }, ring.seq);
  for (const whisper of ring.whispers) ear.whispered(whisper, ring.from);
}
