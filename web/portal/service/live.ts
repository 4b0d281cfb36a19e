import { computed, signal } from "@preact/signals";
import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import type { AgentStatus } from "../../../protocol/records.ts";
import { Connect } from "../../client/connect.ts";
import type { LinkState } from "../../client/live_socket.ts";
import type { PendingMessage } from "../../client/outbox.ts";
import { browserStorage } from "../../client/key_value_storage.ts";
import { beforeLeaving, storagePrefix } from "./account_storage.ts";
import { Inbox } from "../inbox/inbox.ts";
import { socketAddress } from "./service.ts";
import { Team } from "./team.ts";
import { Drafts } from "../thread/drafts.ts";
import { Talk } from "../thread/talk.ts";

/** Histories kept in memory, so that returning to one costs nothing. */
const mostTalks = 8;
/** Interval of typing notices while somebody writes. Milliseconds. */
const typingEveryMs = 2_500;

/** The live state of one workspace: the inbox, the open histories and the team, over one socket. */
export class Live {
  readonly link = signal<LinkState>("connecting");
  readonly pending = signal<readonly PendingMessage[]>([]);
  /** When sending continues, in milliseconds since 1970; 0 for now. */
  readonly waitsUntil = signal(0);
  /** The socket was closed for good. */
  readonly refused = signal<number | undefined>(undefined);
  /** The chatbot's settings that matter here; updated when they change. */
  readonly chatbot = signal<Pick<ChatbotPublic, "away" | "business_hours"> | undefined>(undefined);
  /** The socket is not the admin's: the cookie belongs to somebody else by now. */
  readonly isStranger = signal(false);
  readonly isCut = computed(() => this.link.value === "reconnecting");
  readonly inbox: Inbox;
  readonly drafts: Drafts;
  readonly team: Team;
  #connect: Connect;
  #stopLeaving: () => void;
  #talks = new Map<string, Talk>();
  #typingTold = new Map<string, number>();

  /** `username`: of the account that is signed in. */
  constructor(readonly username: string, readonly workspace: string) {
    const prefix = storagePrefix(username, workspace);
    this.drafts = new Drafts(prefix);
    this.team = new Team(username, workspace);
    this.inbox = new Inbox((frame) => this.#connect.send(frame));
    this.#connect = new Connect({
      url: socketAddress(`/ws/room/${workspace}`),
      storage: browserStorage(`${prefix}out:`),
      subscribe: true,
      onState: (state) => this.link.value = state,
      onFrame: (frame) => {
        if (frame.command === "welcome") this.isStranger.value = frame.you.kind !== "admin";
        if (frame.command === "chatbot_updated") this.chatbot.value = frame.chatbot;
        this.team.heard(frame);
        this.inbox.heard(frame);
      },
      onOutbox: (pending) => this.pending.value = pending,
      onWait: (ms) => this.waitsUntil.value = Date.now() + ms,
      onSlow: () => this.inbox.slower(),
      onRefused: (code) => this.refused.value = code,
    });
    this.pending.value = this.#connect.pending;
    this.inbox.onForgotten = (consumer) => this.#drop(consumer);
    this.#stopLeaving = beforeLeaving(() => {
      this.drafts.close();
      this.#connect.stop();
    });
  }

  start(): void {
    this.#connect.start();
  }

  stop(): void {
    this.#stopLeaving();
    this.drafts.close();
    this.#connect.stop();
  }

  /** A room's history; with `around`, from within it. */
  talk(consumer: string, around?: number): Talk {
    const known = this.#talks.get(consumer);
    if (known && (around === undefined ? !known.shown.value.hasNewer : known.around === around)) {
      this.#talks.delete(consumer);
      this.#talks.set(consumer, known);
      return known;
    }
    this.#drop(consumer);
    const talk = new Talk(consumer, around);
    this.#talks.set(consumer, talk);
    this.#connect.follow(talk, consumer, around);
    const [oldest] = this.#talks.keys();
    if (this.#talks.size > mostTalks) this.#drop(oldest!);
    return talk;
  }

  older({ consumer }: Talk): void {
    this.#connect.fetchOlder(consumer);
  }

  newer({ consumer }: Talk): void {
    this.#connect.fetchNewer(consumer);
  }

  write(consumer: string, content: string): void {
    this.#connect.write(content, consumer);
    this.#typingTold.delete(consumer);
  }

  retry(client_id: string): void {
    this.#connect.retry(client_id);
  }

  setStatus(consumer: string, status: AgentStatus): boolean {
    return this.#connect.send({ command: "update_room", consumer, status });
  }

  /** The admin has seen everything up to `seq`. */
  read(consumer: string, seq: number): void {
    this.#connect.markRead(seq, consumer);
    this.inbox.markRead(consumer, seq);
  }

  /** The admin is typing, or has stopped. */
  typing(consumer: string, typing: boolean): void {
    const told = this.#typingTold.get(consumer) ?? 0;
    if (typing ? Date.now() - told < typingEveryMs : told === 0) return;
    if (!this.#connect.send({ command: "typing", consumer, typing })) return;
    if (typing) this.#typingTold.set(consumer, Date.now());
    else this.#typingTold.delete(consumer);
  }

  #drop(consumer: string): void {
    this.#talks.delete(consumer);
    this.#connect.unfollow(consumer);
  }
}
