import { addressPrefixes } from "./address_key.ts";
import type { Rate } from "./bucket.ts";
import { FairTurns } from "./fair_turns.ts";

/**
 * What work costs: milliseconds of the event loop, as measured on a small machine, with the writes it shares a
 * transaction for. Whatever is answered costs `kib` for each KiB on top, settled when its size is known.
 */
export const costs = {
  request: 0.25,
  refusal: 0.05,
  upgrade: 2,
  session: 1.5,
  /** A frame, whatever it asks; also one that is wrong. */
  frame: 0.05,
  read: 0.5,
  search: 1.5,
  write: 0.3,
  kib: 0.02,
  /** For each KiB of a frame: it is read, parsed, and as a message stored, indexed and told. */
  kibReceived: 0.1,
} as const;

/** Characters of an answer as a cost. */
export const costOf = (characters: number): number => characters * (costs.kib / 1024);

/** Characters of a frame as a cost. */
export const costOfReceived = (characters: number): number => characters * (costs.kibReceived / 1024);

/** Who pays for work: an address, with the networks around it, or an account. */
export interface Payer {
  /**
   * Takes what work will cost at least, before it is done. Answers 0, or the milliseconds to wait if there is nothing
   * left; then nothing is taken. `patience`: how many times its allowance may be spent already.
   */
  take(cost: number, patience?: number): number;
  /** Takes what work has cost beyond that. Never refused: what is owed is waited for later. */
  charge(cost: number): void;
  /** Nothing if heavy work may be done at once; else resolves when it is this payer's turn. */
  turn(): Promise<void> | undefined;
}

/** Never below this part of an allowance, however busy the service is: enough for a person. */
const leastShare = 0.02;
/** Lateness of the event loop from which those who use most of it get less. Milliseconds. */
const mostLagMs = 50;
/** Keys of one generation. Past it the older one is forgotten: memory stays bounded whoever knocks. */
const maxKeys = 50_000;

/**
 * What one key has used of its allowance, as a part of it: 1 is all. What was asked while there was plenty costs little of
 * it, so that whoever used little then is not the first to wait when others come in crowds.
 */
interface Budget {
  readonly key: string;
  /** How many times the allowance of a single address. */
  readonly weight: number;
  used: number;
  /** What had been refilled when this was last brought up to date. */
  refilled: number;
  generation: number;
}

/** Sums of many small parts are this exact. */
const rounding = 1e-9;
/** Nobody's budget is used further than this: nobody waits longer than for one allowance. */
const mostUsed = 2;

/**
 * The budgets of one kind of payer. When all of them together use more than `target` of the event loop, or it is late,
 * the allowance of each shrinks: those who use little do not notice, those who use most have to share (max-min fairness).
 */
class Pool {
  /** Part of its allowance that each gets now. */
  share = 1;
  /** Allowances that have passed by. */
  refilled = 0;
  #spent = 0;
  /** Part of the event loop used of late. */
  #load = 0;
  #young = new Map<string, Budget>();
  #old = new Map<string, Budget>();
  #generation = 0;
  #age = 0;
  readonly #capacity: number;
  readonly #ms: number;

  constructor({ count, seconds }: Exclude<Rate, "off">, readonly target: number) {
    this.#capacity = count;
    this.#ms = seconds * 1_000;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** The budget of a key. One that nobody used for two generations is full again, and forgotten. */
  budget(key: string, weight: number): Budget {
    let budget = this.#young.get(key);
    if (budget) return budget;
    if (this.#young.size >= maxKeys) this.#turn();
    budget = this.#old.get(key) ?? { key, weight, used: 0, refilled: this.refilled, generation: 0 };
    budget.generation = this.#generation;
    this.#young.set(key, budget);
    return budget;
  }

  isForgotten(budget: Budget): boolean {
    return budget.generation !== this.#generation;
  }

  /** The part of its allowance that this one has used by now. */
  used(budget: Budget): number {
    if (budget.refilled !== this.refilled) {
      budget.used = Math.max(0, Math.min(budget.used, mostUsed) - (this.refilled - budget.refilled));
      budget.refilled = this.refilled;
    }
    return budget.used;
  }

  spend(budgets: Budget[], cost: number): void {
    this.#spent += cost;
    const part = cost / (this.#capacity * this.share);
    for (let i = 0; i < budgets.length; i++) {
      const budget = budgets[i]!;
      budget.used = this.used(budget) + part / budget.weight;
    }
  }

  /** Milliseconds until this one has used less than `most`. */
  wait(budget: Budget, most: number): number {
    return Math.max(1, Math.ceil((Math.min(budget.used, mostUsed) - most) * this.#ms));
  }

  elapse(ms: number, lagMs: number): void {
    this.#load += (this.#spent / ms - this.#load) * 0.6;
    this.#spent = 0;
    const isLate = lagMs > mostLagMs && this.#load > this.target / 2;
    const change = isLate ? 0.7 : Math.max(0.5, Math.min(1.05, this.target / this.#load));
    this.share = Math.max(leastShare, Math.min(1, this.share * change));
    this.refilled += ms / this.#ms;
    this.#age += ms;
    if (this.#age > mostUsed * this.#ms) this.#turn();
  }

  #turn(): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#generation++;
    this.#age = 0;
  }
}

class PoolPayer implements Payer {
  #pool: Pool;
  #budgets: Budget[];
  #turns: FairTurns;

  constructor(pool: Pool, budgets: Budget[], turns: FairTurns) {
    this.#pool = pool;
    this.#budgets = budgets;
    this.#turns = turns;
  }

  turn(): Promise<void> | undefined {
    const own = this.#budgets[0]!;
    return this.#turns.take(own.key, this.#pool.used(own));
  }

  take(cost: number, patience = 1): number {
    const pool = this.#pool, budgets = this.#budgets;
    let wait = 0;
    for (let i = 0; i < budgets.length; i++) {
      let budget = budgets[i]!;
      if (pool.isForgotten(budget)) budget = budgets[i] = pool.budget(budget.key, budget.weight);
      if (pool.used(budget) > patience - rounding) wait = Math.max(wait, pool.wait(budget, patience));
    }
    if (wait === 0) this.charge(cost);
    return wait;
  }

  charge(cost: number): void {
    this.#pool.spend(this.#budgets, cost);
  }
}

/** Whose work is not counted. */
export const freePayer: Payer = { take: () => 0, charge: () => {}, turn: () => undefined };

/** Parts of the event loop that all addresses, and all accounts, may use together before they have to share. */
const addressTarget = 0.2, accountTarget = 0.25;

export interface MeterRates {
  costPerAddress?: Rate;
  costPerAccount?: Rate;
}

/**
 * One meter for all work, reads as well as writes, over every call, frame and upgrade. It outlives sockets: whoever
 * comes back owes what it owed. Time passes for it when `elapse` is called, so that a frame needs no look at a clock.
 */
export class Meter {
  #addresses: Pool | undefined;
  #accounts: Pool | undefined;
  #turns = new FairTurns();

  constructor({ costPerAddress = "off", costPerAccount = "off" }: MeterRates) {
    if (costPerAddress !== "off") this.#addresses = new Pool(costPerAddress, addressTarget);
    if (costPerAccount !== "off") this.#accounts = new Pool(costPerAccount, accountTarget);
  }

  /** Who pays for what comes from an address: to be made once per socket or request. */
  address(address: string): Payer {
    const pool = this.#addresses;
    if (!pool) return freePayer;
    return new PoolPayer(
      pool,
      addressPrefixes(address).map(({ key, weight }) => pool.budget(key, weight)),
      this.#turns,
    );
  }

  /** Who pays for what an admin asks. */
  account(username: string): Payer {
    const pool = this.#accounts;
    return pool ? new PoolPayer(pool, [pool.budget(username, 1)], this.#turns) : freePayer;
  }

  /** Lets time pass, a tenth of a second or so. `lagMs`: how late the event loop was. */
  elapse(ms: number, lagMs: number): void {
    this.#addresses?.elapse(ms, lagMs);
    this.#accounts?.elapse(ms, lagMs);
  }

  /** The part of its allowance that each address, and each account, has now: 1 while the service is not busy. */
  shares(): { address: number; account: number } {
    return { address: this.#addresses?.share ?? 1, account: this.#accounts?.share ?? 1 };
  }

  /** Keys remembered. */
  get size(): number {
    return (this.#addresses?.size ?? 0) + (this.#accounts?.size ?? 0);
  }
}
