import type { Store } from "../db/store.ts";
import type { Audience } from "./audience.ts";
import type { Limiters } from "./limits/limiters.ts";
import type { Meter } from "./limits/meter.ts";
import type { Metrics } from "./monitoring/metrics.ts";
import type { Passwords } from "./passwords/passwords.ts";
import type { Push } from "./push/push.ts";
import type { Challenges } from "./limits/proof_of_work.ts";
import type { Quotas } from "./limits/quotas.ts";
import type { Tokens } from "./tokens.ts";

/** What every rule works with. Made once in `main.ts`, given first to each rule. */
export interface Chat {
  store: Store;
  audience: Audience;
  passwords: Passwords;
  tokens: Tokens;
  limiters: Limiters;
  /** What visitors with a token and accounts may have. Absent: anything. */
  quotas?: Quotas;
  /** Who pays for work. Absent: nobody does. */
  meter?: Meter;
  /** Absent: nobody is woken. */
  push?: Push;
  /** Absent: nothing is counted. */
  metrics?: Metrics;
  /** Asked of who signs up and who makes a room; absent: nothing is. */
  challenges?: Challenges;
  /** What a stranger may do for a place of its own while the passwords of many wait; absent: nothing. */
  loginChallenges?: Challenges;
  /** Whether strangers may sign up. */
  signupOpen: boolean;
  /** Milliseconds since 1970. */
  now(): number;
}
