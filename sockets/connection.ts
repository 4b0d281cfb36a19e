import {
  type CloseCode,
  closeCodes,
  maxAnswerBytes,
  maxBadFrames,
  maxFrameBytes,
  maxUnsentBytes,
  maxUnsentMs,
} from "../protocol/limits.ts";
import { type BadFrame, parseFrame } from "../protocol/parse_frame.ts";
import type { ClientFrame, ServerFrame } from "../protocol/frames.ts";
import type { Who } from "../chat/who.ts";
import { RateLimited } from "../chat/errors.ts";
import { faultFields, type Log } from "../chat/monitoring/log.ts";
import { costOf, costOfReceived, costs, type Payer } from "../chat/limits/meter.ts";
import type { Counter } from "../chat/monitoring/prometheus.ts";
import { errorFrame } from "./error_frame.ts";
import type { VisitorPolicy } from "../chat/visitors/visitor_policy.ts";
import { type Refusal, renewed } from "./refusals.ts";
import type { Wire, WireListener } from "./wires/wire.ts";

/** Wraps the handling of a frame, for traces. */
export type AroundFrame = (
  connection: Connection,
  command: string,
  work: () => void | Promise<void>,
) => void | Promise<void>;

export interface ConnectionOptions {
  who: Who;
  /** The client speaks section 3 of the protocol. */
  v1: boolean;
  log: Log;
  /** Called for each frame that is answered with an error. */
  refused: Pick<Counter, "add">;
  around?: AroundFrame;
  /** Expiry of the token, if one was shown. Milliseconds since 1970. */
  expires?: number;
  /** The session that opened this socket. */
  jti?: string;
  /** Takes one frame from this socket's allowance; false when it is spent. */
  takeFrame(): boolean;
  /** The budget that pays for this socket's work. */
  payer: Payer;
  /** The room's id when the socket was opened. */
  room?: string;
  /** Checks the visitor against the present policy, as when the socket was opened. */
  judge?(policy: VisitorPolicy): Promise<Refusal | undefined>;
}

/** Handles one parsed frame; throws errors for the client. */
export type FrameHandler = (frame: ClientFrame) => void | Promise<void>;

/** Least cost of a frame; its answer is charged when it is there. */
const frameCosts: Record<ClientFrame["command"], number> = {
  new_message: costs.frame + costs.write,
  edit_message: costs.frame + costs.write,
  delete_message: costs.frame + costs.write,
  new_room: costs.frame + costs.write,
  update_room: costs.frame + costs.write,
  read: costs.frame + costs.write / 2,
  typing: costs.frame,
  subscribe: costs.frame + costs.read,
  fetch_messages: costs.frame + costs.read,
  fetch_rooms: costs.frame + 2 * costs.read,
  watch: costs.frame,
  fetch_notices: costs.frame + costs.read,
  read_notices: costs.frame + costs.write / 2,
  note: costs.frame + costs.write,
  rate: costs.write,
  fetch_staff: costs.frame + costs.read,
  take: costs.frame + costs.write,
  assign: costs.frame + costs.write,
  label: costs.frame + costs.write,
  snooze: costs.frame + costs.write,
  availability: costs.frame + costs.write,
  mark_unread: costs.frame + costs.write,
};

/** Frames in a row refused for their cost: a client that waits as told has none. */
const maxUnpaidFrames = 20;

/**
 * Characters of a frame from which it waits for its payer's turn: hundreds of sockets that send long messages at once
 * would have dozens of them in each turn of the event loop, and others would wait for all of those.
 */
const longFrameChars = 2_048;

/** Frames whose answer may be a whole page of messages. */
const heavy: ReadonlySet<ClientFrame["command"]> = new Set([
  "fetch_messages",
  "fetch_rooms",
  "fetch_staff",
  "fetch_notices",
]);

/**
 * Characters of frames that may wait while one is being handled: of one socket, and of one while those of all sockets
 * together are more than a few may have. Else thousands of sockets could each fill their share.
 */
const maxWaitingChars = 1024 * 1024, maxWaitingCharsWhenFull = 16 * 1024;
const manyWaitingChars = 16 * 1024 * 1024;

/** Characters of the frames that wait on all sockets of this process. */
let allWaitingChars = 0;

/** Characters sent before the unsent buffer is checked once: a check costs as much as a short send. */
const maxUnwatchedChars = 32 * 1024;

/** How long a burst may stay in the buffer before it counts as unsent. Milliseconds. */
const handedMs = 250;
/** Unsent bytes above which the peer's next frames wait. */
const mostAhead = 2 * maxAnswerBytes;
/** Interval of checks on a peer whose frames wait. Milliseconds. */
const aheadMs = 50;

/** One socket of a client: parses, handles one frame at a time, answers errors, drops a slow reader. */
export class Connection implements WireListener {
  readonly who: Who;
  readonly v1: boolean;
  readonly jti?: string;
  /** Seq up to which this socket received its room in order. */
  shown = 0;
  subscribed = false;
  onOpen: () => void = () => {};
  onFrame: FrameHandler = () => {};
  onEnd: (code: number) => void = () => {};
  /** Called when the peer's connection has ended, possibly long after `onEnd`, or never. */
  onGone: () => void = () => {};
  /** Called when the peer has sent its first whole frame. */
  onHeard: () => void = () => {};
  frames = 0;
  readonly openedAt = performance.now();
  /** When `room` became known here. A read of the store that began earlier cannot contradict it. */
  roomSince = this.openedAt;

  #room?: string;
  #wire: Wire;
  #options: ConnectionOptions;
  #waiting: string[] = [];
  #waitingChars = 0;
  #busy = false;
  #badInARow = 0;
  #unpaidInARow = 0;
  /** Since when something is unsent and nothing was taken. */
  #stalledSince?: number;
  /** Unsent bytes at that time. */
  #expectedUnsent = 0;
  #tooMuch?: ReturnType<typeof setTimeout>;
  #ahead?: ReturnType<typeof setTimeout>;
  /** Characters sent since the unsent buffer was checked. */
  #unwatchedChars = 0;
  #expiry?: ReturnType<typeof setTimeout>;
  #ended = false;

  constructor(wire: Wire, options: ConnectionOptions) {
    this.#wire = wire;
    this.#options = options;
    this.who = options.who;
    this.v1 = options.v1;
    this.jti = options.jti;
    this.#room = options.room;
  }

  /** The id of the room, once it exists: a room with another id under the same names is another room. */
  get room(): string | undefined {
    return this.#room;
  }

  /** Called when a message or the store names the room. Only the first call counts. */
  learnRoom(id: string): void {
    if (this.#room !== undefined) return;
    this.#room = id;
    this.roomSince = performance.now();
  }

  /** Sends an answer, which is charged to this socket's budget. */
  send(frame: ServerFrame): void {
    const text = JSON.stringify(frame);
    this.#options.payer.charge(costOf(text.length));
    this.sendText(text);
  }

  sendText(text: string): void {
    if (this.#ended) return;
    this.#wire.send(text);
    if (this.#stalledSince !== undefined) this.#expectedUnsent += utf8Length(text);
    this.#unwatchedChars += text.length;
    if (this.#unwatchedChars > maxUnwatchedChars) this.#watchUnsent();
  }

  /** Bytes that the network has not taken yet. */
  get unsentBytes(): number {
    return this.#wire.unsentBytes;
  }

  /** Whether the peer has taken nothing for too long. Called periodically. */
  isStalled(): boolean {
    if (this.#unwatchedChars > 0 || this.#stalledSince !== undefined) this.#watchUnsent();
    return this.#ended;
  }

  /** Checks the policy again, and closes this socket if it is no longer admitted. A failed read closes nothing. */
  async judge(policy: VisitorPolicy): Promise<void> {
    const refusal = await this.#options.judge?.(policy);
    if (refusal) this.close(refusal.code, refusal.reason);
  }

  /** Sockets without a token have no expiry of their own: after this long the client has to reconnect. Milliseconds. */
  endIfOlderThan(ms: number): void {
    if (this.#options.expires !== undefined || performance.now() - this.openedAt < ms) return;
    this.close(renewed.code, renewed.reason);
  }

  /** Ends this socket for the service at once, without waiting for the peer's close frame. */
  close(code: CloseCode, reason: string): void {
    if (this.#ended) return;
    try {
      this.#wire.close(code, reason);
    } catch (error) {
      this.#options.log.warn("close_failed", faultFields(error));
    }
    this.#end(code);
  }

  opened(): void {
    if (this.#ended) return;
    const { expires } = this.#options;
    if (expires !== undefined) {
      const left = Math.min(expires - Date.now(), 2 ** 31 - 1);
      this.#expiry = setTimeout(() => this.close(closeCodes.notSignedIn, "The session has ended"), left);
      Deno.unrefTimer(this.#expiry);
    }
    this.#guarded(this.onOpen);
  }

  ended(code: number): void {
    this.#end(code);
  }

  closed(code: number): void {
    this.#end(code);
    this.onGone();
  }

  /** Calls `act` when the peer's connection has ended. */
  whenGone(act: () => void): void {
    const { onGone } = this;
    this.onGone = () => {
      onGone();
      act();
    };
  }

  received(data: string | ArrayBuffer | Blob): void {
    if (this.#ended) return;
    if (this.frames++ === 0) this.onHeard();
    if (isTooBig(data)) return this.close(closeCodes.tooBig, "A frame holds at most 64 KiB");
    if (!this.#options.takeFrame()) return this.close(closeCodes.tooMany, "Too many frames");
    if (typeof data !== "string") return this.#refuse({ code: "invalid_input", message: "Frames are text" });
    if (!this.#busy && this.#waiting.length === 0 && !this.#isAhead()) return this.#handle(data);
    this.#waiting.push(data);
    this.#countWaiting(data.length);
    const most = allWaitingChars > manyWaitingChars ? maxWaitingCharsWhenFull : maxWaitingChars;
    if (this.#waitingChars > most) this.close(closeCodes.tooMany, "Too many frames at once");
  }

  #handle(text: string): void {
    const parsed = parseFrame(text, this.v1);
    if (!parsed.ok) return this.#refuse(parsed.bad);
    this.#badInARow = 0;
    try {
      this.#pay(parsed.frame, text.length);
      const pending = this.#act(parsed.frame, text.length > longFrameChars);
      if (pending) this.#waitFor(pending, parsed.frame);
    } catch (error) {
      this.#fail(error, parsed.frame);
    }
  }

  /** @throws {RateLimited} if the budget is spent */
  #pay({ command }: ClientFrame, characters: number): void {
    const { payer } = this.#options, more = costOfReceived(characters);
    const wait = payer.take(frameCosts[command] + more);
    if (wait === 0) return void (this.#unpaidInARow = 0);
    payer.charge(costs.frame + more);
    if (++this.#unpaidInARow > maxUnpaidFrames) this.close(closeCodes.tooMany, "Too much asked");
    throw new RateLimited(wait, "Too much asked");
  }

  #act(frame: ClientFrame, isLong: boolean): void | Promise<void> {
    const turn = isLong || heavy.has(frame.command) ? this.#options.payer.turn() : undefined;
    if (turn) return turn.then(() => this.#ended ? undefined : this.#actNow(frame));
    return this.#actNow(frame);
  }

  #actNow(frame: ClientFrame): void | Promise<void> {
    const { around } = this.#options;
    return around ? around(this, frame.command, () => this.onFrame(frame)) : this.onFrame(frame);
  }

  #waitFor(pending: Promise<void>, frame: ClientFrame): void {
    this.#busy = true;
    const goOn = () => {
      this.#busy = false;
      this.#handleWaiting();
    };
    void pending.then(goOn, (error) => {
      this.#fail(error, frame);
      goOn();
    });
  }

  #handleWaiting(): void {
    while (!this.#busy && !this.#ended && !this.#isAhead()) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#countWaiting(-next.length);
      this.#handle(next);
    }
  }

  #countWaiting(characters: number): void {
    this.#waitingChars += characters;
    allWaitingChars += characters;
  }

  #refuse({ code, message, re, client_id }: BadFrame): void {
    if (++this.#badInARow >= maxBadFrames) return this.close(closeCodes.badFrames, "Too many bad frames");
    this.#options.refused.add(code);
    this.#options.payer.charge(costs.frame);
    this.send({ command: "error", error: { code, message }, re, client_id });
  }

  /** Answers errors that the client can act on; an internal fault closes this socket alone. */
  #fail(error: unknown, frame: ClientFrame): void {
    const answer = errorFrame(error, frame);
    this.#options.refused.add(answer?.error.code ?? "internal");
    if (answer) return this.send(answer);
    this.#options.log.error("frame_failed", { command: frame.command, ...faultFields(error) });
    this.close(closeCodes.internal, "Something went wrong here");
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#options.log.error("socket_failed", faultFields(error));
      this.close(closeCodes.internal, "Something went wrong here");
    }
  }

  /** A peer is slow by the time in which it takes nothing, never by the size of a recent burst. */
  #watchUnsent(): void {
    this.#unwatchedChars = 0;
    const unsent = this.#wire.unsentBytes;
    if (unsent === 0) return void (this.#stalledSince = undefined);
    const now = performance.now();
    if (this.#stalledSince === undefined || unsent < this.#expectedUnsent) {
      this.#stalledSince = now;
      this.#expectedUnsent = unsent;
    } else if (now - this.#stalledSince > maxUnsentMs) {
      return this.close(closeCodes.slowOrSilent, "Reading too slowly");
    }
    if (unsent > maxUnsentBytes) this.#watchTooMuch();
  }

  /** What exceeds the limit now may have been sent in this very turn: checked again after the peer had time to read. */
  #watchTooMuch(): void {
    if (this.#tooMuch !== undefined) return;
    const before = this.#expectedUnsent;
    this.#tooMuch = setTimeout(() => {
      this.#tooMuch = undefined;
      if (this.#ended) return;
      this.#watchUnsent();
      const handedSince = Math.max(0, this.#expectedUnsent - before);
      if (this.#wire.unsentBytes - handedSince > maxUnsentBytes) {
        this.close(closeCodes.slowOrSilent, "Reading too slowly");
      }
    }, handedMs);
    Deno.unrefTimer(this.#tooMuch);
  }

  /** Whether the peer has to read earlier answers before it gets more. */
  #isAhead(): boolean {
    if (this.#stalledSince === undefined || this.#wire.unsentBytes <= mostAhead) return false;
    this.#ahead ??= setTimeout(() => {
      this.#ahead = undefined;
      this.#handleWaiting();
    }, aheadMs);
    return true;
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting = [];
    this.#countWaiting(-this.#waitingChars);
    for (const timer of [this.#expiry, this.#tooMuch, this.#ahead]) clearTimeout(timer);
    try {
      this.onEnd(code);
    } catch (error) {
      this.#options.log.error("socket_failed", faultFields(error));
    }
  }
}

const encoder = new TextEncoder();
const scratch = new Uint8Array(maxFrameBytes);

let measured = "", measuredBytes = 0;

/** UTF-8 length of a text. Cached, because one text is sent to many peers. */
function utf8Length(text: string): number {
  if (text !== measured) [measured, measuredBytes] = [text, encoder.encode(text).length];
  return measuredBytes;
}

function isTooBig(data: string | ArrayBuffer | Blob): boolean {
  if (typeof data !== "string") {
    return (data instanceof ArrayBuffer ? data.byteLength : data.size) > maxFrameBytes;
  }
  if (data.length > maxFrameBytes) return true;
  return data.length * 3 > maxFrameBytes && encoder.encodeInto(data, scratch).read < data.length;
}
