import assert from "node:assert/strict";
import type { Frame } from "../harness/client.ts";
import { Peer } from "./peer.ts";
import type { Seeded } from "./seeded.ts";
import { pause } from "./figures.ts";

interface ContractClientOptions {
  /** Expected `room` of each message. */
  room: string;
  url: () => string;
  protocols: string[];
  random: Seeded;
}

/**
 * A client that follows the protocol: resends each message with its id until the echo arrives, checks that
 * seqs have no gaps, and fetches missed messages after a reconnect. Records protocol violations of the
 * service.
 */
export class ContractClient {
  /** Messages in order of seq, from 1. */
  readonly seen: Frame[] = [];
  /** Content of unacknowledged messages, by id. */
  readonly outbox = new Map<string, string>();
  /** Echoes, by id. */
  readonly acked = new Map<string, Frame>();
  /** Protocol violations of the service. */
  readonly faults: string[] = [];
  reconnects = 0;
  /** Responses that report a storage failure. */
  nacks = 0;
  #options: ContractClientOptions;
  #peer?: Peer;
  #epoch?: string;
  #fetching = false;
  /** Missed messages are fetched and the outbox is resent. From then on messages are sent immediately. */
  #isResumed = false;
  #ended = false;
  #running: Promise<void>;
  #sent = 0;

  constructor(options: ContractClientOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  get isConnected(): boolean {
    return this.#peer?.isOpen === true;
  }

  /** Adds a message to the outbox and sends it, now or after the reconnect. */
  say(content: string): string {
    const id = `${this.#options.random.seed}-${this.#options.random.below(2 ** 31)}-${++this.#sent}`;
    this.outbox.set(id, content);
    if (this.#isResumed && this.#peer?.isOpen) this.#peer.say(content, id);
    return id;
  }

  /** Closes the connection without a close frame, as a network failure does. */
  cut(): void {
    this.#peer?.cut();
  }

  /** Waits until every message is acknowledged. */
  async settled(ms = 20_000): Promise<void> {
    await this.#eventually(
      () => this.outbox.size === 0,
      ms,
      () => `${this.outbox.size} were never acknowledged`,
    );
  }

  /** Waits until every message up to this seq has arrived. */
  async caughtUp(head: number, ms = 20_000): Promise<void> {
    await this.#eventually(() => this.seen.length >= head, ms, () => `saw ${this.seen.length} of ${head}`);
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#peer?.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#ended) {
      const peer = this.#peer = new Peer(this.#options.url(), this.#options.protocols);
      this.#fetching = this.#isResumed = false;
      peer.onFrame = (frame) => this.#take(peer, frame);
      await peer.until(() => peer.code !== undefined, 2 ** 30);
      this.reconnects++;
      await pause(this.#options.random.between(5, 50));
    }
  }

  #take(peer: Peer, frame: Frame): void {
    switch (frame.command) {
      case "welcome":
        this.#epoch = frame.epoch;
        return this.#resume(peer);
      case "messages":
        this.#fetching = false;
        for (const message of frame.messages) this.#see(message);
        if (frame.has_more || this.#missed) return this.#resume(peer);
        if (this.#isResumed) return;
        this.#isResumed = true;
        for (const [id, content] of this.outbox) peer.say(content, id);
        return;
      case "new_message":
        this.#acknowledge(frame.message);
        if (frame.message.seq > this.seen.length + 1) return this.#resume(peer);
        return this.#see(frame.message);
      case "error":
        if (frame.error.code !== "unavailable") this.faults.push(`refused: ${JSON.stringify(frame)}`);
        this.nacks++;
        setTimeout(() => this.#again(frame.client_id), 100);
    }
  }

  #again(id: string): void {
    const content = this.outbox.get(id);
    if (content !== undefined && this.#peer?.isOpen) this.#peer.say(content, id);
  }

  /** A message arrived during a fetch and is not contained in the fetched page. */
  #missed = false;

  #resume(peer: Peer): void {
    this.#missed = this.#fetching;
    if (this.#fetching || !peer.isOpen) return;
    this.#fetching = true;
    peer.send({ command: "fetch_messages", after: this.seen.length, limit: 200, epoch: this.#epoch });
  }

  #see(message: Frame): void {
    if (message.room !== this.#options.room) this.faults.push(`heard of ${message.room}`);
    this.#acknowledge(message);
    if (message.seq === this.seen.length + 1) return void this.seen.push(message);
    const before = this.seen[message.seq - 1];
    if (!before) this.faults.push(`${message.seq} came after ${this.seen.length}`);
    else if (before.id !== message.id) {
      this.faults.push(`${message.seq} is ${message.id}, and was ${before.id}`);
    }
  }

  #acknowledge(message: Frame): void {
    const id = message.client_id, content = this.outbox.get(id);
    if (content === undefined) return;
    if (content !== message.content) this.faults.push(`${id} came back as another message`);
    this.outbox.delete(id);
    this.acked.set(id, message);
  }

  async #eventually(test: () => boolean, ms: number, state: () => string): Promise<void> {
    const deadline = performance.now() + ms;
    while (!test()) {
      assert.ok(performance.now() < deadline, state());
      await pause(5);
    }
  }
}
