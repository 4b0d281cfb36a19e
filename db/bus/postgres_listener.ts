import type { Address } from "../postgres/address.ts";
import type { Sql } from "../postgres/connect.ts";
import { openSessions } from "../postgres/open_sessions.ts";
import { within } from "../postgres/within.ts";

const againMs = 100;
/** Answer timeout. Milliseconds. */
const answerMs = 5_000;

interface Surroundings {
  address: Address;
  channel: string;
  /** Called for each notification. */
  heard(text: string): void;
  /** Called after LISTEN, initially and after each reconnect. */
  listening(): void;
  onTrouble(error: unknown): void;
}

/** A connection that only listens to one channel; reconnects after a loss. */
export class Listener {
  #given: Surroundings;
  #sql: Sql | undefined;
  /** The listening connection; undefined while disconnected. */
  #listening: Sql | undefined;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(surroundings: Surroundings) {
    this.#given = surroundings;
  }

  /** @throws the connection's error */
  async listen(): Promise<void> {
    const { address, heard } = this.#given;
    let opened: Sql | undefined;
    const sql = opened = this.#sql = await openSessions({ ...address, connections: 1 }, {
      idle_timeout: 0,
      onnotify: (_channel: string, text: string) => heard(text),
      onclose: () => this.#lose(opened),
    });
    if (this.#closed) return void await sql.end({ timeout: 1 });
    await this.#listenOver(sql);
    this.#listening = sql;
    this.#given.listening();
  }

  /**
   * Checks that the connection works; reconnects if the server does not answer, as after a failover. TCP
   * alone would take a quarter of an hour to detect this, and all ephemeral events until then would be lost.
   */
  async check(): Promise<void> {
    const sql = this.#listening;
    if (!sql) return;
    try {
      // A repeated LISTEN has no effect, and `pg_stat_activity` then shows what the connection is for.
      await within(answerMs, this.#listenOver(sql));
    } catch (error) {
      if (!this.#closed) this.#given.onTrouble(error);
      this.#lose(sql);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listening = undefined;
    clearTimeout(this.#timer);
    await this.#sql?.end({ timeout: 1 });
  }

  async #listenOver(sql: Sql): Promise<void> {
    await sql.unsafe(`LISTEN "${this.#given.channel}"`);
  }

  #lose(sql: Sql | undefined): void {
    if (!sql || this.#listening !== sql) return;
    this.#listening = undefined;
    this.#again(sql);
  }

  #again(lost: Sql | undefined): void {
    // The connection is replaced even if closing it fails.
    void lost?.end({ timeout: 0 }).catch(() => {});
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.listen().catch((error) => {
        if (this.#closed) return;
        this.#given.onTrouble(error);
        this.#again(this.#sql);
      });
    }, againMs);
  }
}
