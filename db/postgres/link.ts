import { Unavailable } from "../errors.ts";
import { connect, type Sql } from "./connect.ts";
import type { Address } from "./address.ts";
import { isLost, isTrouble, unavailable } from "./trouble.ts";

/** How long a verb waits for an engine that is away, before it says so. */
const patienceMs = 1_000;
/** After this an answer does not come any more: the server itself ends a statement after five seconds. */
const answerMs = 6_500;
const probeEveryMs = 200, probeMs = 2_000;

export class NoAnswer extends Error {
  readonly code = "NO_ANSWER";
}

/**
 * The way to the engine. While it is away, one probe asks for it and everybody else waits a little and is refused:
 * the driver would line them all up, each to try for a connection of its own.
 */
export class Link {
  #away: Promise<void> | undefined;
  #closed = false;
  #stopProbe = new AbortController();

  private constructor(readonly address: Address, public sql: Sql) {}

  static async open(address: Address): Promise<Link> {
    return new Link(address, await connect(address));
  }

  /** Runs `work` once. @throws {Unavailable} in place of the engine's failure; what was written then may be there */
  async run<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    await this.#isBack();
    const { sql } = this;
    try {
      return await within(answerMs, work(sql));
    } catch (error) {
      if (isLost(error)) this.#lost(sql, error);
      throw isTrouble(error) ? unavailable(error) : error;
    }
  }

  /** Runs a read; again, if the connection under it broke. @throws {Unavailable} */
  async read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    try {
      return await this.run(work);
    } catch (error) {
      if (!(error instanceof Unavailable) || !this.#away) throw error;
      return await this.run(work);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopProbe.abort();
    await this.#away?.catch(() => {});
    await this.sql.end({ timeout: 2 });
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

  #lost(sql: Sql, error: unknown): void {
    if (this.#away || this.#closed || sql !== this.sql) return;
    this.#away = this.#untilBack(error).finally(() => this.#away = undefined);
  }

  async #untilBack(error: unknown): Promise<void> {
    while (!this.#closed) {
      if (error instanceof NoAnswer) await this.#renew();
      try {
        await within(probeMs, this.sql`SELECT 1`);
        return;
      } catch (next) {
        error = next;
        await pause(probeEveryMs, this.#stopProbe.signal);
      }
    }
  }

  /** Connections that do not answer would keep what is sent over them waiting for as long as TCP hopes. */
  async #renew(): Promise<void> {
    const silent = this.sql;
    this.sql = await connect(this.address);
    void silent.end({ timeout: 0 }).catch(() => {});
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`No answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
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
