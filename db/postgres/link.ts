import { CannotOpen, Unavailable } from "../errors.ts";
import type { Sql } from "./connect.ts";
import type { Address } from "./address.ts";
import { isPooled, openSessions } from "./open_sessions.ts";
import { type Transaction, transaction } from "./transaction.ts";
import { refusal } from "./refusal.ts";
import { isEngineError, isLost, unavailable } from "./engine_errors.ts";
import { within } from "./within.ts";

/** How long an operation waits for a lost connection. Milliseconds. */
const patienceMs = 1_000;
/** Answer timeout; the server itself cancels a statement after five seconds. Milliseconds. */
const answerMs = 6_500;
const probeEveryMs = 200;
/** Time limit for opening and checking new sessions. Milliseconds. */
const probeMs = 10_000;
/** How long pending operations may continue on old connections after one was lost. Milliseconds. */
const lastMs = 5_000;

interface Surroundings {
  /** Awaited after new connections are opened, before they are used. */
  onNewSessions?(sql: Sql): Promise<void>;
  /** Called if a server or pooler cannot be used any more. */
  onTrouble?(what: string, error: unknown): void;
}

/**
 * Connection to PostgreSQL. While it is lost, a single probe tries to reconnect and operations wait for at
 * most `patienceMs`: the driver would queue them all and try to connect for each one.
 */
export class Link {
  /** New connections are being opened; if `#away` is set as well, the old ones are not used meanwhile. */
  #renewing: Promise<void> | undefined;
  #away: Promise<void> | undefined;
  #retired = new WeakSet<Sql>();
  #closed = false;
  #stopProbe = new AbortController();
  /** Old connections that are being closed. */
  #given = new Set<Promise<void>>();
  /** Pending operations on the current connections. */
  #underWay = new Set<Promise<unknown>>();

  private constructor(readonly address: Address, readonly around: Surroundings, public sql: Sql) {}

  /**
   * @throws {CannotOpen} if the server is unreachable, refuses, or is behind a pooler without session pooling
   */
  static async open(address: Address, around: Surroundings = {}): Promise<Link> {
    try {
      const link: Link = new Link(address, around, await open(address, () => link));
      return link;
    } catch (error) {
      throw refusal(error, address.shown);
    }
  }

  /** Runs `work` once. @throws {Unavailable} if the engine fails; writes may have been stored nevertheless */
  async run<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    await this.#isBack();
    const { sql } = this;
    const answer = within(answerMs, work(sql));
    this.#note(answer);
    try {
      return await answer;
    } catch (error) {
      if (isLost(error)) this.#lost(sql);
      throw isEngineError(error) ? unavailable(error) : error;
    }
  }

  /** Runs `work` in a transaction. @throws {Unavailable} as `run` */
  transaction<T>(work: (sql: Transaction) => Promise<T>): Promise<T> {
    return this.run((sql) => transaction(sql, work));
  }

  /** Runs a read; retries once if the connection broke. @throws {Unavailable} */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.repeatable(work);
  }

  /**
   * Runs idempotent work; retries once if the connection broke, since writes may have been stored
   * nevertheless. `isAgain` is true in the retry.
   * @throws {Unavailable}
   */
  async repeatable<T>(work: (sql: Sql, isAgain: boolean) => Promise<T>): Promise<T> {
    const wasAway = this.#away !== undefined;
    try {
      return await this.run((sql) => work(sql, false));
    } catch (error) {
      if (wasAway || !(error instanceof Unavailable && isLost(error.cause))) throw error;
      return await this.run((sql) => work(sql, true));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopProbe.abort();
    await this.#renewing?.catch(() => {});
    await Promise.all([...this.#given, this.sql.end({ timeout: 2 })]);
  }

  async #isBack(): Promise<void> {
    if (this.#closed) throw new Unavailable("The database is closed");
    if (!this.#away) return;
    try {
      await within(patienceMs, this.#away);
    } catch (error) {
      throw unavailable(error);
    }
  }

  /**
   * Called when one of the connections has closed. Another server may answer at the address now; the other
   * connections may still work.
   */
  ended(sql: Sql): void {
    if (this.#closed || sql !== this.sql) return;
    // Behind a pooler the driver would reopen the connection without the session check.
    if (isPooled(sql)) this.#lost(sql);
    else void this.#renew();
  }

  #lost(sql: Sql): void {
    if (this.#closed || sql !== this.sql) return;
    // Closed before new ones are opened, which may exceed the connection limit. Connections that do not
    // answer would keep their pending operations until TCP times out.
    this.#retire(sql);
    this.#away ??= this.#renew();
  }

  #renew(): Promise<void> {
    return this.#renewing ??= this.#untilBack().finally(() => this.#away = this.#renewing = undefined);
  }

  async #untilBack(): Promise<void> {
    while (!this.#closed) {
      try {
        return await this.#openAnew();
      } catch (error) {
        if (error instanceof CannotOpen) this.around.onTrouble?.(error.message, error);
        await pause(probeEveryMs, this.#stopProbe.signal);
      }
    }
  }

  async #openAnew(): Promise<void> {
    const old = this.sql, sql = await open(this.address, () => this);
    try {
      await this.around.onNewSessions?.(sql);
    } catch (error) {
      await sql.end({ timeout: 0 });
      throw error;
    }
    this.sql = sql;
    this.#retire(old);
  }

  /**
   * Closes connections after their pending operations: a connection that broke during a write is not always
   * reusable.
   */
  #retire(old: Sql): void {
    if (this.#retired.has(old)) return;
    this.#retired.add(old);
    const last = Promise.allSettled(this.#underWay);
    this.#underWay = new Set();
    const end = within(lastMs, last).catch(() => {}).then(() => old.end({ timeout: 0 })).catch(() => {})
      .finally(() => this.#given.delete(end));
    this.#given.add(end);
  }

  #note(answer: Promise<unknown>): void {
    const all = this.#underWay;
    all.add(answer);
    void answer.catch(() => {}).finally(() => all.delete(answer));
  }
}

async function open(address: Address, link: () => Link): Promise<Sql> {
  let sql: Sql | undefined;
  const opening = openSessions(address, { onclose: () => sql && link().ended(sql) });
  return sql = await within(probeMs, opening).catch((error) => {
    opening.then((late) => late.end({ timeout: 0 })).catch(() => {});
    throw error;
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
