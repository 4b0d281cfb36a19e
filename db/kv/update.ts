import { Unavailable } from "../errors.ts";
import type { Engine } from "./engine.ts";
import { pauseAfter } from "./pause_after.ts";

/** Attempts at one change while other processes change the same entry; their pauses add up to about three seconds. */
const maxAttempts = 40;

/**
 * Replaces an entry by what `next` makes of it, unless that is nothing; again, if another process was faster.
 * Answers what was there before.
 * @throws {Unavailable}
 */
export function update<T>(
  engine: Engine,
  key: Deno.KvKey,
  next: (now: T | null) => T | undefined,
): Promise<T | null> {
  return engine.turns.take(JSON.stringify(key), async () => {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const entry = await engine.get<T>(key);
      const value = next(entry.value);
      if (value === undefined) return entry.value;
      if (await engine.change({ checks: [entry], sets: [{ key, value }] })) return entry.value;
      await pauseAfter(attempt);
    }
    throw new Unavailable("Too many change the same entry at once");
  });
}
