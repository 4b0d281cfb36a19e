import type { ServerFrame } from "../../protocol/frames.ts";
import type { Message } from "../../protocol/records.ts";
import { Connect } from "../../web/client/connect.ts";
import { memoryStorage } from "../../web/client/key_value_storage.ts";

/** One side of a room, using the browser's client: records what it displays and what the server sent. */
export class RecordingClient {
  messages: Message[] = [];
  /** Messages that the server sent twice or out of order over one socket. */
  wrongs: string[] = [];
  /** Called for each message when it is first seen. */
  onMessage: (message: Message) => void = () => {};
  #client: Connect;
  #lastTold = 0;
  /** Client ids of this side's messages. */
  #written = new Set<string>();

  constructor(url: string, token?: string) {
    this.#client = new Connect({
      url,
      token: token === undefined ? undefined : () => Promise.resolve(token),
      storage: memoryStorage(),
      onState: (state) => state === "online" || (this.#lastTold = 0),
      onFrame: (frame) => this.#frame(frame),
    });
    this.#client.follow({
      replace: (messages) => this.#show(this.messages = messages),
      append: (messages) => this.#show(messages, this.messages.push(...messages)),
      prepend: (messages) => this.#show(messages, this.messages.unshift(...messages)),
    });
    this.#client.start();
  }

  get isSettled(): boolean {
    return this.#client.pending.length === 0;
  }

  /** Returns the message's client_id. */
  write(content: string): string {
    const { client_id } = this.#client.write(content);
    this.#written.add(client_id);
    return client_id;
  }

  stop(): void {
    this.#client.stop();
  }

  #frame(frame: ServerFrame): void {
    if (frame.command !== "new_message") return;
    const { seq, room, client_id } = frame.message;
    // A retried message is echoed once more, to its sender only.
    const isAnswer = client_id !== undefined && this.#written.has(client_id);
    if (seq <= this.#lastTold && !isAnswer) this.wrongs.push(`${room}: ${seq} again`);
    this.#lastTold = Math.max(this.#lastTold, seq);
  }

  #show(messages: Message[], _count?: number): void {
    for (const message of messages) this.onMessage(message);
  }
}
