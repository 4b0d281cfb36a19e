import { Unavailable } from "../errors.ts";
import type { Engine } from "./engine.ts";
import { pauseAfter } from "./pause_after.ts";
import { isLocked } from "./trouble.ts";

/** Attempts at one change while other processes change the same entry; their pauses add up to about three seconds. */
const maxAttempts = 40;

/**
 * Replaces an entry by what `next` makes of it, unless that is nothing; again, if another process was faster, and once
 * more if there was no answer: `next` is told then that what it finds may be its own. Answers what was there before.
 * @throws {Unavailable}
 */
export function update<T>(
  engine: Engine,
  key: Deno.KvKey,
  next: (now: T | null, isAgain: boolean) => T | undefined,
): Promise<T | null> {
  return engine.turns.take(JSON.stringify(key), async () => {
    let isAgain = false;
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const entry = await engine.get<T>(key);
      const value = next(entry.value, isAgain);
      if (value === undefined) return entry.value;
      try {
        if (await engine.change({ checks: [entry], sets: [{ key, value }] })) return entry.value;
      } catch (error) {
        if (isAgain || isLocked(error) || !(error instanceof Unavailable)) throw error;
        isAgain = true;
      }
      await pauseAfter(attempt);
    }
    throw new Unavailable("Too many change the same entry at once");
  });
}
