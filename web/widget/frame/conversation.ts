import { typingLapsesMs } from "../../../protocol/limits.ts";
import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import type { ServerFrame } from "../../../protocol/frames.ts";
import type { Message, Reply } from "../../../protocol/records.ts";
import { Connect } from "../../client/connect.ts";
import type { LinkState } from "../../client/live_socket.ts";
import type { PendingMessage } from "../../client/outbox.ts";
import type { KeyValueStorage } from "../../client/key_value_storage.ts";
import { Timer } from "../../client/timer.ts";
import type { Given } from "../rating/rating_card.ts";
import { Answers } from "./answers.ts";
import { Countdown } from "./countdown.ts";
import { PartialText } from "./partial_text.ts";

export interface ConversationOptions {
  admin: string;
  consumer: string;
  /** Whether the admin was online when the session was opened. */
  online: boolean;
  /** Storage of this visitor's unsent messages. */
  storage: KeyValueStorage;
  /** Messages written here whose arrival was not reported to the host, in any conversation. */
  written: Set<string>;
  token(renew: boolean): Promise<string>;
  /** Something visible has changed. */
  changed(): void;
  /** The other side wrote. */
  heard(message: Message): void;
  /** This visitor's first message has arrived. */
  began(): void;
  /** There is a history to return to. */
  lasting(): void;
  redressed(chatbot: ChatbotPublic): void;
  linked(state: LinkState): void;
  closed(code: number): void;
  /** Sends an event to the host page. */
  emit(name: string, detail: unknown): void;
}

/** The known state of one visitor's room. */
export class Conversation {
  messages: Message[] = [];
  pending: PendingMessage[] = [];
  hasOlder = false;
  /** The newest page is loaded. */
  isLoaded = false;
  online: boolean;
  isTheirTyping = false;
  /** Seq up to which the other side has read, and this one. */
  readUpTo = 0;
  readByUs = 0;
  link: LinkState = "connecting";
  readonly consumer: string;
  readonly #options: ConversationOptions;
  readonly #connect: Connect;
  readonly #typingLapse = new Timer();
  readonly #countdown: Countdown;
  readonly #answers = new Answers();
  /** What the bot is writing. */
  readonly partial: PartialText;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.consumer = options.consumer;
    this.online = options.online;
    this.#countdown = new Countdown(options.changed);
    this.partial = new PartialText(options.changed);
    this.#connect = new Connect({
      url: `${location.origin.replace(/^http/, "ws")}/ws/chat/${options.admin}/${options.consumer}`,
      token: options.token,
      storage: options.storage,
      onState: (link) => this.#linked(link),
      onFrame: (frame) => this.#received(frame),
      onOutbox: (pending) => {
        this.#show({ pending });
        this.#dropOvertaken();
      },
      onWait: (ms) => this.#countdown.start(ms),
      onRefused: options.closed,
      onOtherLife: () => this.#show({ readUpTo: 0, readByUs: 0 }),
    });
    this.pending = this.#connect.pending;
    this.#connect.follow({
      replace: (messages, hasOlder) => this.#replaced(messages, hasOlder),
      append: (messages) => this.#appended(messages),
      revise: (change) => this.#show({ messages: this.messages.map(change) }),
      prepend: (older, hasOlder) => this.#show({ messages: [...older, ...this.messages], hasOlder }),
    });
    this.#connect.start();
  }

  /** Unread messages of the other side. */
  get unread(): number {
    return this.messages.filter((message) => message.seq > this.readByUs && this.#isTheirs(message)).length;
  }

  /** All messages written here, as long as nobody has answered: they can move to another conversation. */
  get unanswered(): Message[] {
    const isAlone = !this.hasOlder && this.messages.every(({ side }) => side === "visitor");
    return isAlone ? this.messages : [];
  }

  /** The admin resolved it, and nobody has written since. */
  get isResolved(): boolean {
    const last = this.messages.findLast(({ kind }) => kind !== "edit");
    return last?.kind === "status" && last.content === "resolved";
  }

  /** The episode that the visitor is asked to rate, and who answered last in it. */
  get ratable(): { episode: string; answer?: Message } | undefined {
    const shown = this.messages.filter(({ kind }) => kind !== "edit"), last = shown.at(-1);
    if (last?.kind !== "status" || last.extra?.type !== "rating") return undefined;
    return { episode: last.extra.episode, answer: shown.findLast((message) => this.#isTheirs(message)) };
  }

  /** Seconds until sending continues, after a rate limit. */
  get wait(): number {
    return this.#countdown.seconds;
  }

  /** `reply`: the button that it presses. */
  write(content: string, reply?: Reply): void {
    this.#options.written.add(this.#connect.write(content, { reply }).client_id);
  }

  /** Resolves once the rating is stored. @throws if that is not known */
  rate(given: Given): Promise<void> {
    return this.#answers.wait("rate", () => this.#connect.send({ command: "rate", ...given }));
  }

  /**
   * Resolves once an own text is changed to `content`, or deleted if there is none. Repeated under the same `client_id` it
   * is done once. @throws if that is not known, or the service's code
   */
  change(seq: number, client_id: string, content?: string): Promise<void> {
    const about = { seq, client_id };
    return this.#answers.wait(client_id, () =>
      this.#connect.send(
        content === undefined
          ? { command: "delete_message", ...about }
          : { command: "edit_message", ...about, content },
      ));
  }

  retry(client_id: string): void {
    this.#connect.retry(client_id);
  }

  fetchOlder(): void {
    this.#connect.fetchOlder();
  }

  tellTyping(typing: boolean): void {
    this.#connect.send({ command: "typing", typing });
  }

  /** Marks everything as read. */
  markRead(): void {
    const seq = this.messages.at(-1)?.seq ?? 0;
    if (seq <= this.readByUs) return;
    this.#connect.markRead(seq);
    this.#show({ readByUs: seq });
  }

  stop(): void {
    this.#connect.stop();
    this.#typingLapse.clear();
    this.#countdown.stop();
    this.partial.clear();
    this.#answers.stop();
  }

  #isTheirs({ kind, side }: Message): boolean {
    return kind === "text" && side === "admin";
  }

  #replaced(messages: Message[], hasOlder: boolean): void {
    if (messages.length) this.#options.lasting();
    this.#settle(messages);
    this.#show({ messages, hasOlder, isLoaded: true });
    this.#dropOvertaken();
  }

  #appended(messages: Message[]): void {
    this.#settle(messages);
    this.#show({ messages: [...this.messages, ...messages] });
    this.#dropOvertaken();
    for (const message of messages) {
      const { author, content, created, seq, side } = message;
      // An author has read what came before; no read mark is sent for that.
      if (side === "visitor") this.#readTo(0, seq);
      else this.#readTo(seq);
      if (!this.#isTheirs(message)) continue;
      this.partial.clear();
      this.#show({ isTheirTyping: false });
      this.#options.emit("message:received", { author, content, created, seq });
      this.#options.heard(message);
    }
  }

  /** A press that was refused because another tab pressed first says nothing: the choice is made. */
  #dropOvertaken(): void {
    const chosen = new Set(this.messages.map(({ reply }) => reply?.seq));
    for (const { client_id, refused, reply } of this.pending) {
      if (refused && reply && chosen.has(reply.seq)) this.#connect.withdraw(client_id);
    }
  }

  #settle(messages: Message[]): void {
    for (const { client_id, content, created, kind, seq, side } of messages) {
      if (side === "visitor" && kind === "edit" && client_id) this.#answers.settle(client_id, true);
      if (side !== "visitor" || !client_id || !this.#options.written.delete(client_id)) continue;
      this.#options.emit("message:sent", { client_id, content, created, seq });
      if (seq === 1) this.#options.began();
    }
  }

  #received(frame: ServerFrame): void {
    switch (frame.command) {
      case "welcome":
        // Pieces were missed.
        this.partial.clear();
        return this.#present(frame.online);
      case "presence":
        return this.#present(frame.online);
      case "messages":
        return this.#readTo(frame.read?.admin, frame.read?.visitor);
      case "read":
        return frame.by === "admin" ? this.#readTo(frame.seq) : this.#readTo(0, frame.seq);
      case "typing":
        this.#typingLapse.set(typingLapsesMs, () => this.#show({ isTheirTyping: false }));
        return this.#show({ isTheirTyping: frame.typing });
      case "rated":
        return this.#answers.settle("rate", true);
      case "partial":
        return this.partial.received(frame);
      case "error":
        return this.#answers.settle(frame.client_id ?? frame.re ?? "", false, frame.error.code);
      case "chatbot_updated":
        return this.#options.redressed(frame.chatbot);
    }
  }

  #present(online: boolean): void {
    if (online !== this.online) this.#options.emit("availability", { online });
    this.#show({ online });
  }

  #readTo(admin = 0, visitor = 0): void {
    const { max } = Math;
    this.#show({ readUpTo: max(this.readUpTo, admin), readByUs: max(this.readByUs, visitor) });
  }

  #linked(link: LinkState): void {
    this.#show({ link });
    this.#options.linked(link);
  }

  #show(change: Partial<Conversation>): void {
    Object.assign(this, change);
    this.#options.changed();
  }
}
