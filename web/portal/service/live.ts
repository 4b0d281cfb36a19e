import { computed, signal } from "@preact/signals";
import type { Chatbot } from "../../../protocol/chatbot.ts";
import type { ClientFrame, ServerFrame } from "../../../protocol/frames.ts";
import type { AgentStatus } from "../../../protocol/records.ts";
import type { AgentAvailability } from "../../../protocol/team.ts";
import { Connect } from "../../client/connect.ts";
import type { LinkState } from "../../client/live_socket.ts";
import type { PendingMessage } from "../../client/outbox.ts";
import { browserStorage } from "../../client/key_value_storage.ts";
import { beforeLeaving, storagePrefix } from "./account_storage.ts";
import { Assist } from "../assist/assist.ts";
import { Desk } from "../desk/desk.ts";
import { Picked } from "../desk/picked.ts";
import { Watchers } from "../desk/watchers.ts";
import { Inbox } from "../inbox/inbox.ts";
import { NotesOutbox } from "../staff/notes_outbox.ts";
import { StaffLogs } from "../staff/staff_logs.ts";
import { socketAddress } from "./service.ts";
import { Team } from "./team.ts";
import { Drafts } from "../thread/drafts.ts";
import { Talk } from "../thread/talk.ts";

/** Histories kept in memory, so that returning to one costs nothing. */
const mostTalks = 8;
/** Interval of typing notices while somebody writes. Milliseconds. */
const typingEveryMs = 2_500;
/** Interval at which colleagues are told the same again. Milliseconds. */
const watchEveryMs = 2_500;

/** The live state of one workspace: the inbox, the open histories and the team, over one socket. */
export class Live {
  readonly link = signal<LinkState>("connecting");
  readonly pending = signal<readonly PendingMessage[]>([]);
  /** When sending continues, in milliseconds since 1970; 0 for now. */
  readonly waitsUntil = signal(0);
  /** The socket was closed for good. */
  readonly refused = signal<number | undefined>(undefined);
  /** The chatbot's settings that matter here; updated when they change. */
  readonly chatbot = signal<
    Pick<Chatbot, "away" | "business_hours" | "holidays" | "title"> & {
      bot?: { name: string; mode?: string };
    } | undefined
  >(undefined);
  /** The socket is not the admin's: the cookie belongs to somebody else by now. */
  readonly isStranger = signal(false);
  readonly isCut = computed(() => this.link.value === "reconnecting");
  readonly inbox: Inbox;
  readonly drafts: Drafts;
  readonly team: Team;
  readonly desk: Desk;
  readonly picked: Picked;
  readonly watchers = new Watchers();
  readonly assist = new Assist();
  readonly staff: StaffLogs;
  readonly notes: NotesOutbox;
  /** What is being written: a reply to the visitor, or a note. */
  readonly mode = signal<"reply" | "note">("reply");
  /** Something is being written here. */
  readonly composing = signal(false);
  /** What an observer may not: write, resolve, assign. */
  readonly mayWrite = computed(() => this.team.you.value?.role !== "observer");
  /** The bot answers, or suggests answers. Those who do not see its mode see the bot only while it answers. */
  readonly hasBot = computed(() => {
    const { bot } = this.chatbot.value ?? {};
    return bot !== undefined && bot.mode !== "off";
  });
  /** Somebody wants to know what this page has before it. */
  readonly isWatched = computed(() =>
    this.team.members.value.length > 1 ||
    // What this page has before it comes back to it: it must know whose that is.
    (this.hasBot.value && this.team.you.value !== undefined)
  );
  #connect: Connect;
  #stopLeaving: () => void;
  #talks = new Map<string, Talk>();
  #typingTold = new Map<string, number>();
  #watchTold = "";
  #watchAt = 0;

  /** `username`: of the account that is signed in. */
  constructor(readonly username: string, readonly workspace: string) {
    const prefix = storagePrefix(username, workspace);
    this.drafts = new Drafts(prefix);
    this.team = new Team(username, workspace);
    const send = (frame: ClientFrame) => this.#connect.send(frame);
    this.inbox = new Inbox(send);
    this.desk = new Desk(send, this.inbox);
    this.picked = new Picked(() => this.inbox.shown.value.rooms);
    this.staff = new StaffLogs(send);
    this.team.you.subscribe((you) => this.inbox.you.value = you?.id);
    this.notes = new NotesOutbox(browserStorage(`${prefix}note:`), send);
    this.#connect = new Connect({
      url: socketAddress(`/ws/room/${workspace}`),
      storage: browserStorage(`${prefix}out:`),
      subscribe: true,
      onState: (state) => this.link.value = state,
      onFrame: (frame) => {
        if (frame.command === "welcome") this.#welcomed(frame);
        if (frame.command === "chatbot_updated") this.chatbot.value = frame.chatbot;
        this.team.heard(frame);
        this.inbox.heard(frame);
        this.assist.heard(frame, this.inbox.selected.value);
        this.#heard(frame);
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
      this.notes.close();
      this.#connect.stop();
    });
  }

  #welcomed({ you }: Extract<ServerFrame, { command: "welcome" }>): void {
    this.isStranger.value = you.kind !== "admin";
    this.watchers.clear();
    this.#watchTold = "";
  }

  #heard(frame: ServerFrame): void {
    switch (frame.command) {
      case "welcome":
        this.staff.resume();
        return this.notes.resume();
      case "watching":
        return this.watchers.heard(frame, this.inbox.you.value);
      case "staff":
        this.notes.settle(frame.entry.client_id);
        return this.staff.heard(frame);
      case "staff_entries":
        for (const { client_id } of frame.entries) this.notes.settle(client_id);
        return this.staff.page(frame);
      case "notice":
        if (frame.notice.kind !== "mention") return;
        this.inbox.mentioned(frame.notice.consumer);
        return this.#readMentions(frame.notice.n);
      case "notices":
        if ((frame.notices[0]?.n ?? 0) > frame.read) this.#readMentions(frame.notices[0]!.n);
        return;
      case "error":
        if (frame.re === "fetch_staff") this.staff.refused();
        if (frame.re === "note") this.notes.failed(frame);
        return this.desk.failed(frame);
    }
  }

  /** The list of mentions is shown: its newest count as read. */
  showMentions(): void {
    this.#connect.send({ command: "fetch_notices", limit: 1 });
  }

  #readMentions(up_to: number): void {
    if (this.inbox.tab.value !== "mentions" || document.hidden) return;
    this.#connect.send({ command: "read_notices", up_to });
  }

  start(): void {
    this.#connect.start();
  }

  stop(): void {
    this.#stopLeaving();
    this.drafts.close();
    this.notes.close();
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
    this.staff.follow(consumer);
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

  /** With `seen` it is refused if a colleague wrote after that seq. */
  write(consumer: string, content: string, seen?: number): void {
    this.#connect.write(content, { consumer, seen });
    this.#typingTold.delete(consumer);
  }

  /** Takes back a message that was refused. */
  withdraw(client_id: string): void {
    this.#connect.withdraw(client_id);
  }

  /** Tells the colleagues, if there are any, what this page has before it. Repeated, since it lapses. */
  watch(consumer: string | null, composing: boolean): void {
    if (!this.isWatched.value) return;
    const told = `${consumer} ${composing}`, now = Date.now();
    if (told === this.#watchTold && now - this.#watchAt < watchEveryMs) return;
    if (!this.#connect.send({ command: "watch", consumer, composing })) return;
    this.#watchTold = told;
    this.#watchAt = now;
  }

  retry(client_id: string): void {
    this.#connect.retry(client_id);
  }

  setStatus(consumer: string, status: AgentStatus): boolean {
    return this.#connect.send({ command: "update_room", consumer, status });
  }

  /** Whether conversations are assigned to this member. Returns false while there is no connection. */
  setAvailability(value: AgentAvailability): boolean {
    return this.#connect.send({ command: "availability", value });
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
    this.staff.unfollow(consumer);
    this.#connect.unfollow(consumer);
  }
}
