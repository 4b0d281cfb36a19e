import type { Address } from "../postgres/address.ts";
import type { Sql } from "../postgres/connect.ts";
import { openSessions } from "../postgres/open_sessions.ts";
import { within } from "../postgres/within.ts";

const againMs = 100;
/** Milliseconds for an answer to come over it. */
const answerMs = 5_000;

interface Surroundings {
  address: Address;
  channel: string;
  /** Told of each notification. */
  heard(text: string): void;
  /** Told when it listens, the first time and after each loss. */
  listening(): void;
  onTrouble(error: unknown): void;
}

/** A connection that listens to a channel and does nothing else; another one when it is lost. */
export class Listener {
  #given: Surroundings;
  #sql: Sql | undefined;
  /** The connection by which it hears; none from its loss on. */
  #listening: Sql | undefined;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(surroundings: Surroundings) {
    this.#given = surroundings;
  }

  /** @throws what hinders it */
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
   * Asks whether it is still heard of at the other end. A server that went without a word, as in a failover, is given up:
   * TCP itself would hope for a quarter of an hour, and every ephemeral until then be lost.
   */
  async check(): Promise<void> {
    const sql = this.#listening;
    if (!sql) return;
    try {
      // Said again it changes nothing, and whoever looks at the server's connections still sees what this one is for.
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
    // It is lost, however its end goes.
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
