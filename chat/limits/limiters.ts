import { Bucket, monotonicMs, type Rate } from "./bucket.ts";
import { LoginDelays } from "../accounts/login_delays.ts";
export { addressKey, addressPrefixes } from "./address_key.ts";
export { Bucket, type Rate } from "./bucket.ts";

export interface Limiter {
  /**
   * Takes a token for this key. Returns 0, or the milliseconds to wait if there was none (then nothing is taken).
   * `weight`: multiple of a single address's limit.
   */
  take(key: string, weight?: number): number;
  /** Returns a token that should not have counted. */
  giveBack(key: string): void;
}

/** What is limited by a rate. */
export interface RateLimiters {
  messagesPerRoom: Limiter;
  messagesPerAddress: Limiter;
  roomsPerAddress: Limiter;
  logins: Limiter;
  signups: Limiter;
  /** Refused attempts, such as consumer ids of others. */
  guesses: Limiter;
  /** Ids without a room that are opened without a token. */
  newIds: Limiter;
}

export interface Limiters extends RateLimiters {
  loginDelays: Pick<LoginDelays, "wait" | "failed" | "passed">;
}

const noDelays: Limiters["loginDelays"] = { wait: () => 0, failed: () => {}, passed: () => {} };

/** Keys of one generation. Beyond it the older generation is dropped, so memory stays bounded. */
const maxKeys = 50_000;

/**
 * A bucket per key. `now`: monotonic milliseconds.
 * Buckets live in two generations. A key not seen for a whole generation of `seconds` has a full bucket again,
 * so dropping the older generation loses nothing and needs neither a scan nor a timer.
 */
export function openLimiter(rate: Rate = "off", now = monotonicMs): Limiter {
  if (rate === "off") return { take: () => 0, giveBack: () => {} };
  const generationMs = rate.seconds * 1_000;
  let young = new Map<string, Bucket>(), old = new Map<string, Bucket>();
  let bornAt = now();

  function bucketOf(key: string, weight = 1): Bucket {
    if (young.size >= maxKeys || now() - bornAt >= generationMs) {
      [young, old, bornAt] = [new Map(), young, now()];
    }
    let bucket = young.get(key);
    if (!bucket) young.set(key, bucket = old.get(key) ?? new Bucket(scaled(rate, weight), now));
    return bucket;
  }

  return { take: (key, weight) => bucketOf(key, weight).take(), giveBack: (key) => bucketOf(key).giveBack() };
}

/** A rate of `by` times the count in the same time. */
export const scaled = (rate: Rate = "off", by: number): Rate =>
  rate === "off" ? rate : { count: Math.max(1, Math.round(rate.count * by)), seconds: rate.seconds };

/** One limiter per limited thing; without a rate it never refuses. Without a rate for logins there are no delays either. */
export function openLimiters(rates: Partial<Record<keyof RateLimiters, Rate>>, now = monotonicMs): Limiters {
  return {
    messagesPerRoom: openLimiter(rates.messagesPerRoom, now),
    messagesPerAddress: openLimiter(rates.messagesPerAddress, now),
    roomsPerAddress: openLimiter(rates.roomsPerAddress, now),
    logins: openLimiter(rates.logins, now),
    signups: openLimiter(rates.signups, now),
    guesses: openLimiter(rates.guesses, now),
    loginDelays: rates.logins === undefined || rates.logins === "off" ? noDelays : new LoginDelays(now),
    newIds: openLimiter(rates.newIds, now),
  };
}
