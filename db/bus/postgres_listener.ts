import type { Address } from "../postgres/address.ts";
import { connect, type Sql } from "../postgres/connect.ts";

const againMs = 100;

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
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(surroundings: Surroundings) {
    this.#given = surroundings;
  }

  /** @throws what hinders it */
  async listen(): Promise<void> {
    const { address, channel, heard } = this.#given;
    let isListening = false;
    const sql = this.#sql = await connect({ ...address, connections: 1 }, {
      idle_timeout: 0,
      max_lifetime: null,
      onnotify: (_channel: string, text: string) => heard(text),
      onclose: () => {
        if (isListening) this.#again(sql);
        isListening = false;
      },
    });
    await sql.unsafe(`LISTEN "${channel}"`);
    isListening = true;
    this.#given.listening();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#sql?.end({ timeout: 1 });
  }

  #again(lost: Sql): void {
    void lost.end({ timeout: 0 }).catch(() => {});
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.listen().catch((error) => {
        this.#given.onTrouble(error);
        if (this.#sql) this.#again(this.#sql);
      });
    }, againMs);
  }
}
