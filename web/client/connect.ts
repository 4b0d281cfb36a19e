import type { ClientFrame, ServerFrame } from "../../protocol/frames.ts";
import type { Message, Side } from "../../protocol/records.ts";
import { backoffMs } from "./backoff.ts";
import { edited, type Edits, noteEdits } from "./edits.ts";
import { type LinkState, LiveSocket } from "./live_socket.ts";
import { type About, Outbox, type PendingMessage } from "./outbox.ts";
import { RoomCursor } from "./room_cursor.ts";
import type { KeyValueStorage } from "./key_value_storage.ts";
import { Timer } from "./timer.ts";

type MessagesFrame = Extract<ServerFrame, { command: "messages" }>;
type WelcomeFrame = Extract<ServerFrame, { command: "welcome" }>;
type ErrorFrame = Extract<ServerFrame, { command: "error" }>;

/** Renders a room's messages. What it receives, taken together, is complete, in order and without duplicates. */
export interface RoomReader {
  /** The newest messages; replaces everything shown before. */
  replace(messages: Message[], hasOlder: boolean): void;
  append(messages: Message[]): void;
  prepend(messages: Message[], hasOlder: boolean): void;
  /** Texts were edited: `change` applies to each message shown and returns it as it is where it is unchanged. */
  revise?(change: (message: Message) => Message): void;
  /** Called where a room is followed from within its history: whether the newest message is shown. */
  reach?(isNewest: boolean): void;
}

export interface ConnectOptions {
  /** `ws://HOST/ws/chat/<admin>/<consumer>`, or `ws://HOST/ws/room/<admin>` with `subscribe`. */
  url: string;
  token?: (renew: boolean) => Promise<string | undefined>;
  /** Storage of unsent messages. */
  storage: KeyValueStorage;
  /** One socket for all of an admin's rooms. */
  subscribe?: boolean;
  onState(state: LinkState): void;
  /** Every frame, including those handled here. */
  onFrame?(frame: ServerFrame): void;
  /** The pending messages have changed. */
  onOutbox?(pending: PendingMessage[]): void;
  /** A rate limit was hit; sending continues after so many milliseconds. */
  onWait?(ms: number): void;
  onRefused?(code: number): void;
  /** The server dropped this client as too slow a reader: later requests should be smaller. */
  onSlow?(): void;
  /** The store's epoch has changed: what was read before is void. */
  onOtherLife?(): void;
}

/** Messages per requested page. */
const pageSize = 50;
const resumeSize = 200;
/** Messages after the middle one, when a room is opened within its history. */
const afterMiddle = 25;
/** A message that a live server has not acknowledged after so many milliseconds is sent again, under the same id. */
const echoMs = 10_000;

interface Room {
  consumer?: string;
  cursor: RoomCursor;
  reader: RoomReader;
  /** A page after the cursor has been requested. */
  asking: boolean;
  askingOlder: boolean;
  /** Seq of the first message shown, 1 when nothing lies before it. */
  first: number;
  /** Seq of the message that the first page is around; absent: the newest page. */
  around?: number;
  /** The page around it would be too large to contain it: it is the last of its page. */
  isLast?: boolean;
  /** More messages follow, and are requested only on demand. */
  held: boolean;
  /** Seq up to which this side has read it. */
  read: number;
  /** Edits received, in any order with the texts that they change. */
  edits: Edits;
}

/** A request under way. The server answers in order, so no id is needed. */
interface Ask {
  room: Room;
  older: boolean;
}

/** Rooms over one reconnecting socket: what is written arrives once, what is shown has no gap. */
export class Connect {
  #options: ConnectOptions;
  #socket: LiveSocket;
  #outbox: Outbox;
  #rooms = new Map<string | undefined, Room>();
  #asks: Ask[] = [];
  #inFlight?: string;
  #echo = new Timer();
  #pause = new Timer();
  #later = new Timer();
  #unavailable = 0;
  /** The epoch last received. */
  #epoch?: string;
  /** This client's side of the rooms, as told by the server. */
  #side?: Side;
  /** Largest page: smaller over a slow connection, so that it arrives within the answer timeout. */
  #most = resumeSize;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options.storage, () => this.#outboxChanged());
    this.#socket = new LiveSocket({
      url: options.url,
      token: options.token,
      probe: () => this.#probe(),
      onFrame: (frame) => this.#received(frame),
      onState: (state) => this.#stateChanged(state),
      onLate: () => this.#most = Math.ceil(Math.min(this.#most, pageSize) / 4),
      onSlow: () => {
        this.#most = Math.ceil(this.#most / 2);
        options.onSlow?.();
      },
      onRefused: options.onRefused,
    });
  }

  get state(): LinkState {
    return this.#socket.state;
  }

  get pending(): PendingMessage[] {
    return this.#outbox.pending;
  }

  start(): void {
    this.#socket.start();
  }

  stop(): void {
    this.#socket.stop();
    this.#outbox.close();
    for (const timer of [this.#echo, this.#pause, this.#later]) timer.clear();
  }

  /**
   * Begins to show a room: its newest page first, from then on all that happens in it. With `around`, the page around
   * that seq; later messages wait until `fetchNewer` has reached them.
   */
  follow(reader: RoomReader, consumer?: string, around?: number): void {
    const state = {
      asking: false,
      askingOlder: false,
      first: 1,
      around,
      held: around !== undefined,
      read: 0,
      edits: new Map(),
    };
    const room = { consumer, reader, cursor: new RoomCursor(), ...state };
    this.#rooms.set(consumer, room);
    this.#resume(room);
  }

  unfollow(consumer?: string): void {
    this.#rooms.delete(consumer);
  }

  /** Requests the page before what a room shows. */
  fetchOlder(consumer?: string): void {
    const room = this.#rooms.get(consumer);
    if (!room || room.askingOlder || room.first <= 1) return;
    room.askingOlder = this.#fetch(room, { before: room.first, limit: pageSize }, true);
  }

  /** Requests the page after what a room shows, where it is followed from within its history. */
  fetchNewer(consumer?: string): void {
    const room = this.#rooms.get(consumer);
    if (room?.held && !room.asking) this.#askNext(room, pageSize);
  }

  /** Writes a message. It is stored until the server has it, also across a reload. */
  write(content: string, about?: About): PendingMessage {
    return this.#outbox.add(content, about);
  }

  /** Takes back a message that was refused. */
  withdraw(client_id: string): void {
    this.#outbox.settle(client_id);
  }

  retry(client_id: string): void {
    this.#outbox.retry(client_id);
  }

  /** This side has read a room up to `seq`. Repeated after a reconnect, since the frame may have been lost. */
  markRead(seq: number, consumer?: string): void {
    const room = this.#rooms.get(consumer);
    if (room) room.read = seq;
    this.#tellRead(consumer, seq);
  }

  /** Sends any other frame; drops it and returns false while disconnected. */
  send(frame: ClientFrame): boolean {
    return this.#socket.send(frame);
  }

  #received(frame: ServerFrame): void {
    if (frame.command === "welcome") this.#welcomed(frame);
    else if (frame.command === "messages") this.#page(frame);
    else if (frame.command === "new_message") this.#live(frame.message, frame.consumer);
    else if (frame.command === "error") this.#failed(frame);
    this.#options.onFrame?.(frame);
  }

  #welcomed({ epoch, you }: WelcomeFrame): void {
    this.#side = you.kind;
    const isOther = this.#epoch !== undefined && this.#epoch !== epoch;
    this.#epoch = epoch;
    this.#asks = [];
    this.#inFlight = undefined;
    this.#echo.clear();
    if (isOther) this.#options.onOtherLife?.();
    if (this.#options.subscribe) this.#socket.send({ command: "subscribe" });
    for (const room of this.#rooms.values()) {
      room.asking = room.askingOlder = false;
      room.cursor.reconnected();
      if (isOther) room.read = 0;
      if (room.read > 0) this.#tellRead(room.consumer, room.read);
      this.#resume(room);
    }
    this.#sendNext();
  }

  #tellRead(consumer: string | undefined, seq: number): void {
    this.#socket.send({ command: "read", consumer, seq });
  }

  #stateChanged(state: LinkState): void {
    if (state !== "online") this.#inFlight = undefined;
    this.#options.onState(state);
  }

  #resume(room: Room): void {
    // Where it is held back, only whether the cursor is still good.
    if (!room.asking) this.#askNext(room, room.held ? 1 : resumeSize);
  }

  #askNext(room: Room, limit: number): void {
    const cursor = room.cursor.ask();
    const isFirst = cursor.after === undefined;
    const after = room.isLast ? 1 : Math.ceil(this.#atMost(2 * afterMiddle) / 2);
    const from = isFirst && room.around !== undefined ? { before: room.around + after } : cursor;
    room.asking = this.#fetch(room, { ...from, limit: isFirst ? pageSize : limit });
  }

  #fetch(
    room: Room,
    page: { after?: number; before?: number; epoch?: string; limit: number },
    older = false,
  ) {
    const limit = this.#atMost(page.limit);
    const frame = { command: "fetch_messages", consumer: room.consumer, ...page, limit } as const;
    const sent = this.#socket.send(frame, { answered: true });
    if (sent) this.#asks.push({ room, older });
    return sent;
  }

  #atMost(limit: number): number {
    return Math.min(limit, this.#most);
  }

  /** The cheapest requests: one message after the last, or the same subscription again. */
  #probe(): void {
    if (this.#options.subscribe) this.#socket.send({ command: "subscribe" }, { answered: true });
    else for (const room of this.#rooms.values()) this.#askNext(room, 1);
  }

  #page(frame: MessagesFrame): void {
    const ask = this.#asks.shift();
    if (!ask) return;
    this.#most = Math.min(2 * this.#most, resumeSize);
    for (const message of frame.messages) this.#settleOwn(message);
    if (ask.older) this.#olderPage(ask.room, frame);
    else this.#nextPage(ask.room, frame);
  }

  #olderPage(room: Room, { messages, has_more = false, recovered }: MessagesFrame): void {
    room.askingOlder = false;
    if (recovered === false || this.#rooms.get(room.consumer) !== room) return;
    const before = messages.filter(({ seq }) => seq < room.first);
    room.first = before[0]?.seq ?? 1;
    room.reader.prepend(this.#edited(room, before), has_more);
  }

  #nextPage(room: Room, frame: MessagesFrame): void {
    room.asking = false;
    if (this.#rooms.get(room.consumer) !== room) return;
    if (this.#misses(room, frame)) {
      room.isLast = true;
      return this.#askNext(room, pageSize);
    }
    const { show, replace, again } = room.cursor.page(frame);
    if (replace) {
      room.first = show[0]?.seq ?? 1;
      room.read = 0;
      room.edits.clear();
      room.reader.replace(this.#edited(room, show), frame.has_more ?? false);
    } else if (show.length) room.reader.append(this.#edited(room, show));
    if (room.held) return this.#release(room, frame, replace);
    if (!again) return;
    if (show.length) this.#resume(room);
    else this.#resumeLater();
  }

  /** Whether the first page ended, at its bytes, before the message that it is around. */
  #misses({ around, isLast, cursor }: Room, { messages, recovered }: MessagesFrame): boolean {
    if (around === undefined || isLast || recovered === false || cursor.ask().after !== undefined) {
      return false;
    }
    return (messages[0]?.seq ?? 0) > around;
  }

  /** A room followed from within its history: has this page come to its end? */
  #release(room: Room, { has_more = false, recovered }: MessagesFrame, isFirst: boolean): void {
    // The first page was asked for backwards: it says nothing of what lies after it.
    const goesOn = isFirst ? recovered !== false : has_more;
    room.held = goesOn;
    if (goesOn && isFirst) this.#askNext(room, pageSize);
    else room.reader.reach?.(!goesOn);
    if (!goesOn && room.cursor.isBehind) this.#resume(room);
  }

  /** Messages to show, with their edits; edits among them change what is shown already. */
  #edited({ edits, reader }: Room, messages: Message[]): Message[] {
    const change = (message: Message) => edited(edits, message);
    if (noteEdits(edits, messages)) reader.revise?.(change);
    return messages.map(change);
  }

  #live(message: Message, consumer?: string): void {
    const room = this.#rooms.get(consumer);
    const verdict = room?.cursor.live(message);
    if (verdict === "show") room!.reader.append(this.#edited(room!, [message]));
    this.#settleOwn(message);
    if (verdict === "fetch" && !room!.held) this.#resume(room!);
  }

  #failed({ error, re, client_id }: ErrorFrame): void {
    if (re === "fetch_messages") {
      const ask = this.#asks.shift();
      if (ask) ask.older ? ask.room.askingOlder = false : ask.room.asking = false;
      return this.#resumeLater(error.retry_after_ms);
    }
    if (!client_id || !this.#outbox.has(client_id)) return;
    this.#landed(client_id);
    if (error.code === "rate_limited") return this.#wait(error.retry_after_ms ?? 1_000, true);
    if (error.code === "unavailable") return this.#wait(backoffMs(this.#unavailable++));
    this.#outbox.refuse(client_id, error.code);
  }

  #resumeLater(ms = 1_000): void {
    this.#later.set(ms, () => {
      for (const room of this.#rooms.values()) this.#resume(room);
    });
  }

  /** One message at a time is in flight: so a refused one is never overtaken, and order is the order of writing. */
  #sendNext(): void {
    if (this.#inFlight !== undefined || this.#pause.isSet) return;
    const message = this.#outbox.next();
    if (!message) return;
    const { client_id, consumer, seen, reply, content } = message;
    const frame = { command: "new_message", client_id, consumer, seen, reply, message: { content } } as const;
    if (!this.#socket.send(frame, { answered: true })) return;
    this.#inFlight = client_id;
    this.#echo.set(echoMs, () => {
      this.#landed(client_id);
      this.#sendNext();
    });
  }

  /** The other side may use the same ids: only this side's messages acknowledge what was written here. */
  #settleOwn({ client_id, side }: Message): void {
    if (client_id === undefined || side !== this.#side) return;
    this.#landed(client_id);
    this.#unavailable = 0;
    this.#outbox.settle(client_id);
    // It may have been forgotten before, where another tab saw it arrive first.
    this.#sendNext();
  }

  #landed(client_id: string): void {
    if (this.#inFlight !== client_id) return;
    this.#inFlight = undefined;
    this.#echo.clear();
  }

  #wait(ms: number, tell = false): void {
    this.#pause.set(ms, () => this.#sendNext());
    if (tell) this.#options.onWait?.(ms);
  }

  #outboxChanged(): void {
    this.#sendNext();
    this.#options.onOutbox?.(this.#outbox.pending);
  }
}
