import { CannotOpen, Unavailable } from "../errors.ts";
import type { Sql } from "./connect.ts";
import type { Address } from "./address.ts";
import { isPooled, openSessions } from "./open_sessions.ts";
import { type Transaction, transaction } from "./transaction.ts";
import { refusal } from "./refusal.ts";
import { isEngineError, isLost, unavailable } from "./engine_errors.ts";
import { within } from "./within.ts";

/** How long a verb waits for an engine that is away, before it says so. */
const patienceMs = 1_000;
/** After this an answer does not come any more: the server itself ends a statement after five seconds. */
const answerMs = 6_500;
const probeEveryMs = 200;
/** Milliseconds for new sessions to come about and be proved. */
const probeMs = 10_000;
/** How long what is under way over other connections may go on when one was lost. */
const lastMs = 5_000;

interface Surroundings {
  /** Awaited whenever connections were opened anew, before anything else goes over them. */
  onNewSessions?(sql: Sql): Promise<void>;
  /** Told of a server, or a pooler, that cannot be used any more. */
  onTrouble?(what: string, error: unknown): void;
}

/**
 * The way to the engine. While it is away, one probe asks for it and everybody else waits a little and is refused:
 * the driver would line them all up, each to try for a connection of its own.
 */
export class Link {
  /** New connections come about; with `away`, nothing goes over the old ones meanwhile. */
  #renewing: Promise<void> | undefined;
  #away: Promise<void> | undefined;
  #retired = new WeakSet<Sql>();
  #closed = false;
  #stopProbe = new AbortController();
  /** Ends of connections that were given up. */
  #given = new Set<Promise<void>>();
  /** What is under way over the present connections. */
  #underWay = new Set<Promise<unknown>>();

  private constructor(readonly address: Address, readonly around: Surroundings, public sql: Sql) {}

  /** @throws {CannotOpen} if the server cannot be reached, refuses, or is behind a pooler that does not keep sessions */
  static async open(address: Address, around: Surroundings = {}): Promise<Link> {
    try {
      const link: Link = new Link(address, around, await open(address, () => link));
      return link;
    } catch (error) {
      throw refusal(error, address.shown);
    }
  }

  /** Runs `work` once. @throws {Unavailable} in place of the engine's failure; what was written then may be there */
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

  /** Does work in a transaction of its own. @throws {Unavailable} like `run` */
  transaction<T>(work: (sql: Transaction) => Promise<T>): Promise<T> {
    return this.run((sql) => transaction(sql, work));
  }

  /** Runs a read; again, if the connection under it broke. @throws {Unavailable} */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.repeatable(work);
  }

  /**
   * Runs work that may as well be done twice; again, if the connection under it broke: what was written may be there.
   * The work is told whether it is done again. @throws {Unavailable}
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

  /** One of the connections has ended. What is behind the address may be another server now; the others may go on. */
  ended(sql: Sql): void {
    if (this.#closed || sql !== this.sql) return;
    // Nothing goes over one that the driver would open again over a pooler: it is not proved.
    if (isPooled(sql)) this.#lost(sql);
    else void this.#renew();
  }

  #lost(sql: Sql): void {
    if (this.#closed || sql !== this.sql) return;
    // Before new ones come about, which there may be no places for: those that do not answer would keep what is sent
    // over them waiting for as long as TCP hopes.
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

  /** Ends connections once what is under way over them is over: one that broke in a write is not always fit to be used. */
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
