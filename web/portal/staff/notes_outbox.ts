import { signal } from "@preact/signals";
import type { ClientFrame, ServerFrame } from "../../../protocol/frames.ts";
import type { KeyValueStorage } from "../../client/key_value_storage.ts";
import { Outbox, type PendingMessage } from "../../client/outbox.ts";
import { Timer } from "../../client/timer.ts";

type ErrorFrame = Extract<ServerFrame, { command: "error" }>;

/** A note that a live service has not stored after so many milliseconds is sent again, under the same id. */
const echoMs = 10_000;

/** Notes that were written and are not stored by the service yet. They survive a reload. */
export class NotesOutbox {
  readonly pending = signal<readonly PendingMessage[]>([]);
  #outbox: Outbox;
  #inFlight?: string;
  #echo = new Timer();
  #pause = new Timer();

  constructor(storage: KeyValueStorage, private readonly send: (frame: ClientFrame) => boolean) {
    this.#outbox = new Outbox(storage, () => {
      this.pending.value = this.#outbox.pending;
      this.#sendNext();
    });
    this.pending.value = this.#outbox.pending;
  }

  write(consumer: string, text: string): void {
    this.#outbox.add(text, { consumer });
  }

  retry(client_id: string): void {
    this.#outbox.retry(client_id);
  }

  /** The connection is new. */
  resume(): void {
    this.#inFlight = undefined;
    this.#echo.clear();
    this.#sendNext();
  }

  /** An entry arrived: it may be one that was written here. */
  settle(client_id: string | undefined): void {
    if (client_id === undefined || !this.#outbox.has(client_id)) return;
    this.#landed(client_id);
    this.#outbox.settle(client_id);
    this.#sendNext();
  }

  failed({ error, client_id }: ErrorFrame): void {
    if (client_id === undefined || !this.#outbox.has(client_id)) return;
    this.#landed(client_id);
    const isForNow = error.code === "rate_limited" || error.code === "unavailable";
    if (isForNow) this.#pause.set(error.retry_after_ms ?? 1_000, () => this.#sendNext());
    else this.#outbox.refuse(client_id, error.code);
  }

  close(): void {
    this.#outbox.close();
    this.#echo.clear();
    this.#pause.clear();
  }

  #sendNext(): void {
    if (this.#inFlight !== undefined || this.#pause.isSet) return;
    const note = this.#outbox.next();
    if (note?.consumer === undefined) return;
    const { client_id, consumer, content } = note;
    if (!this.send({ command: "note", consumer, client_id, text: content })) return;
    this.#inFlight = client_id;
    this.#echo.set(echoMs, () => {
      this.#landed(client_id);
      this.#sendNext();
    });
  }

  #landed(client_id: string): void {
    if (this.#inFlight !== client_id) return;
    this.#inFlight = undefined;
    this.#echo.clear();
  }
}
