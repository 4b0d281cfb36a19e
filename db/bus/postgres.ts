import type { Bus, BusOptions, EphemeralEvent, Subscriber } from "../bus.ts";
import { type Address, readAddress } from "../postgres/address.ts";
import { Link } from "../postgres/link.ts";
import { refusal } from "../postgres/refusal.ts";
import type { RoomKey } from "../store.ts";
import { type Bundle, Gathering } from "./bundle.ts";
import { PeriodicTask } from "./periodic_task.ts";
import { headsOf } from "./postgres_heads.ts";
import { Listener } from "./postgres_listener.ts";

/**
 * Interval between notifications; events in between are sent together. NOTIFY takes a lock that all commits
 * of the server share. Milliseconds.
 */
const gatherMs = 10;
/**
 * Polling interval of followed rooms: the longest delay of a message whose notification was lost.
 * Milliseconds.
 */
const sweepMs = 2_000;
/** Interval of checks whether the listener is still connected. Milliseconds. */
const checkMs = 5_000;
/** Maximum bytes per notification; the server accepts less than 8,000. */
const maxBytes = 7_900;

/** Bus over NOTIFY. Uses two connections of its own, one of them only for LISTEN. @throws {CannotOpen} */
export async function openPostgresBus(place: string, options: BusOptions): Promise<Bus> {
  const address = { ...readAddress(place), connections: 1 };
  const link = await Link.open(address, options);
  try {
    await link.run((sql) => sql`SELECT 1`);
  } catch (error) {
    await link.close();
    throw refusal(error, address.shown);
  }
  return new PostgresBus(link, address, options);
}

class PostgresBus implements Bus {
  #channel: string;
  #listener: Listener | undefined;
  #gathering = new Gathering();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sentAt = -gatherMs;
  #sweep: PeriodicTask | undefined;
  #check: PeriodicTask | undefined;
  #sending: Promise<void> = Promise.resolve();
  /** Start of the last successful sweep. Milliseconds since 1970. */
  #lookedAt = Date.now();

  constructor(readonly link: Link, readonly address: Address, readonly options: BusOptions) {
    this.#channel = `channel of ${address.schema}`.slice(0, 63);
  }

  notify(key: RoomKey, seq: number): void {
    this.#gathering.notify(key, seq);
    this.#sendSoon();
  }

  publish(ephemeral: EphemeralEvent): void {
    this.#gathering.publish(ephemeral);
    this.#sendSoon();
  }

  async listen(subscriber: Subscriber): Promise<void> {
    const trouble = (error: unknown) =>
      this.options.onTrouble?.(
        "Looking for messages of other instances failed and will be tried again",
        error,
      );
    this.#sweep = new PeriodicTask(() => this.#lookUp(subscriber), trouble, sweepMs);
    let isFirst = true;
    // Listens before polling, so that a commit in between is seen twice rather than missed.
    this.#listener = new Listener({
      address: this.address,
      channel: this.#channel,
      heard: (text) => this.#heard(text, subscriber),
      listening: () => {
        if (!isFirst) subscriber.missed();
        isFirst = false;
        void this.#sweep!.now();
      },
      onTrouble: trouble,
    });
    await this.#listener.listen();
    this.#check = new PeriodicTask(() => this.#listener!.check(), trouble, checkMs);
    await this.#sweep.now();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#send();
    await this.#sending;
    await Promise.all([this.#sweep?.close(), this.#listener?.close()]);
    await this.#check?.close();
    await this.link.close();
  }

  #heard(text: string, subscriber: Subscriber): void {
    if (this.options.pollsOnly) return;
    const { from, rung, whispers } = JSON.parse(text) as Bundle;
    if (from === this.options.instance) return;
    for (const ephemeral of whispers) subscriber.onEphemeral(ephemeral, from);
    for (const [admin, consumer, seq] of rung) subscriber.heard({ admin, consumer }, seq);
  }

  async #lookUp(subscriber: Subscriber): Promise<void> {
    const began = Date.now(), look = { asked: subscriber.followed(), began: performance.now() };
    const found = await headsOf(this.link, look.asked, this.#lookedAt);
    for (const { admin, consumer, head } of found) subscriber.heard({ admin, consumer }, head);
    this.#lookedAt = began;
    await subscriber.swept({ ...look, found });
  }

  #sendSoon(): void {
    if (this.#timer !== undefined) return;
    // Waits at least one turn of the event loop, so that all messages of a batch are sent together.
    const waitMs = Math.max(0, this.#sentAt + gatherMs - performance.now());
    this.#timer = setTimeout(() => this.#send(), waitMs);
  }

  #send(): void {
    this.#timer = undefined;
    this.#sentAt = performance.now();
    const texts = this.#gathering.take(this.options.instance, maxBytes);
    if (texts.length) this.#sending = this.#sending.then(() => this.#notify(texts));
  }

  /** If it fails, the other instances find the messages by polling. */
  async #notify(texts: string[]): Promise<void> {
    const rows = JSON.stringify(texts);
    await this.link.repeatable((sql) =>
      sql`SELECT pg_notify(${this.#channel}, text) FROM json_array_elements_text(${rows}::text::json) AS t(text)`
    ).catch((error) => this.options.onTrouble?.("Telling other instances failed", error));
  }
}
