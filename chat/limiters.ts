/** At most `count` in any stretch of about `seconds`: a token bucket of `count`, refilled evenly. `off`: no limit. */
export type Rate = { count: number; seconds: number } | "off";

export interface Limiter {
  /** Takes one for this key. Answers 0, or the milliseconds to wait if there was none to take (then nothing is taken). */
  take(key: string): number;
  /** Gives one back that should not have counted. */
  giveBack(key: string): void;
}

export interface Limiters {
  messagesPerRoom: Limiter;
  messagesPerAddress: Limiter;
  roomsPerAddress: Limiter;
  logins: Limiter;
  signups: Limiter;
}
