import type { MovedTo } from "../db/merging.ts";
import type { RoomKey, Store } from "../db/store.ts";
import type { Audience } from "./audience.ts";
import type { Bot } from "./bot/bot.ts";
import type { Desk } from "./desk/desk.ts";
import type { Limiters } from "./limits/limiters.ts";
import type { Meter } from "./limits/meter.ts";
import type { Metrics } from "./monitoring/metrics.ts";
import type { Outgoing } from "./outgoing/outgoing.ts";
import type { Passwords } from "./passwords/passwords.ts";
import type { Push } from "./push/push.ts";
import type { Challenges } from "./limits/proof_of_work.ts";
import type { Quotas } from "./limits/quotas.ts";
import type { Tokens } from "./tokens.ts";

/** What every rule works with. Built once at start, first argument of each rule. */
export interface Chat {
  store: Store;
  audience: Audience;
  passwords: Passwords;
  tokens: Tokens;
  limiters: Limiters;
  /** Limits for visitors with a token and for accounts. Absent: none. */
  quotas?: Quotas;
  /** Budgets of work. Absent: unlimited. */
  meter?: Meter;
  /** Absent: no push notifications. */
  push?: Push;
  /** Absent: rooms are assigned by hand alone. */
  desk?: Desk;
  /** Absent: people alone answer. */
  bot?: Bot;
  /** How pages of sites are read. Absent: from public addresses alone. */
  outgoing?: Outgoing;
  /** Absent: no metrics. */
  metrics?: Metrics;
  /** Challenge before sign-up and new rooms; absent: none. */
  challenges?: Challenges;
  /** Challenge that gives a stranger a place in the queue of password checks; absent: none. */
  loginChallenges?: Challenges;
  /** Called when a member has left a workspace: its conversations go back to the queue. */
  onMemberRemoved?(workspace: string, agent: string): Promise<void>;
  /** Called when a room's messages were moved to another one: what members see of it follows. */
  onRoomMoved?(from: RoomKey, to: MovedTo): Promise<void>;
  /** Whether sign-up is open. */
  signupOpen: boolean;
  /** Milliseconds since 1970. */
  now(): number;
}
