import type { ServerFrame } from "../../protocol/frames.ts";
import { typingLapsesMs, watchLapsesMs } from "../../protocol/limits.ts";

type WatchingFrame = Extract<ServerFrame, { command: "watching" }>;

/** What one member's socket has before it. */
export interface Watch {
  admin: string;
  /** Unique name of the socket. */
  socket: string;
  /** Id of the member. */
  agent: string;
  /** null: no room. */
  consumer: string | null;
  composing: boolean;
}

interface Seen extends Watch {
  consumer: string;
  /** By `performance.now()`. */
  until: number;
  composingUntil: number;
}

/** Interval of checks for what has lapsed. Milliseconds. */
const lookMs = 1_000;

/** Which members have which rooms before them, on any instance, as far as they keep saying so. Tells each change. */
export class Watching {
  /** By admin, by socket. */
  #admins = new Map<string, Map<string, Seen>>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly tell: (admin: string, frame: WatchingFrame) => void) {}

  put({ admin, socket, agent, consumer, composing }: Watch): void {
    const sockets = this.#admins.get(admin) ?? new Map<string, Seen>();
    const before = sockets.get(socket), now = performance.now();
    const rooms = new Set([before?.consumer, consumer].filter((one) => typeof one === "string"));
    const were = this.#textsOf(admin, rooms);
    sockets.delete(socket);
    if (consumer !== null) {
      const composingUntil = composing ? now + typingLapsesMs : 0;
      sockets.set(socket, {
        admin,
        socket,
        agent,
        consumer,
        composing,
        until: now + watchLapsesMs,
        composingUntil,
      });
    }
    if (sockets.size > 0) this.#admins.set(admin, sockets);
    else this.#admins.delete(admin);
    this.#tellChanged(admin, were);
    this.#mindTimer();
  }

  /** The rooms of a workspace that somebody has before it. */
  *framesOf(admin: string): Iterable<WatchingFrame> {
    const rooms = new Set([...this.#admins.get(admin)?.values() ?? []].map(({ consumer }) => consumer));
    for (const consumer of rooms) yield this.#frameOf(admin, consumer);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#admins.clear();
  }

  #mindTimer(): void {
    if (this.#admins.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else if (this.#timer === undefined) {
      this.#timer = setInterval(() => this.dropLapsed(), lookMs);
      Deno.unrefTimer(this.#timer);
    }
  }

  /** Ends what was not repeated in time. Called periodically. */
  dropLapsed(): void {
    const now = performance.now();
    const lapsed = [...this.#admins.values()].flatMap((sockets) => [...sockets.values()]);
    for (const one of lapsed) {
      if (one.until < now) this.put({ ...one, consumer: null });
      else if (one.composing && one.composingUntil < now) this.#stopComposing(one);
    }
  }

  #stopComposing(one: Seen): void {
    const were = this.#textsOf(one.admin, [one.consumer]);
    one.composing = false;
    this.#tellChanged(one.admin, were);
  }

  #textsOf(admin: string, rooms: Iterable<string>): Map<string, string> {
    return new Map([...rooms].map((room) => [room, JSON.stringify(this.#frameOf(admin, room))]));
  }

  #tellChanged(admin: string, were: Map<string, string>): void {
    for (const [room, was] of were) {
      const frame = this.#frameOf(admin, room);
      if (JSON.stringify(frame) !== was) this.tell(admin, frame);
    }
  }

  #frameOf(admin: string, consumer: string): WatchingFrame {
    const agents = new Map<string, boolean>();
    for (const one of this.#admins.get(admin)?.values() ?? []) {
      if (one.consumer === consumer) agents.set(one.agent, one.composing || (agents.get(one.agent) ?? false));
    }
    const sorted = [...agents].sort(([a], [b]) => a < b ? -1 : 1);
    return { command: "watching", consumer, agents: sorted.map(([id, composing]) => ({ id, composing })) };
  }
}
