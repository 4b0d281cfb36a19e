import type { Availability } from "../../chat/chatbots/availability.ts";
import type { Connection } from "../connection.ts";

/** Everyone connected to one admin. */
export class AdminChannel {
  /** The admin's own room sockets: the inbox. */
  readonly inboxes = new Set<Connection>();
  /** Those that subscribed to all rooms. */
  readonly subscribers = new Set<Connection>();
  /** Visitors' room sockets. */
  readonly lobby = new Set<Connection>();
  /** Chat sockets, of visitors and of the admin. */
  readonly chats = new Set<Connection>();
  /** Chat sockets that the admin opened. */
  adminChats = 0;
  /** The admin's availability settings; known while visitors listen. */
  availability: Availability | undefined;
  /** Last known presence of the admin, and the last presence that visitors were sent. */
  isHere = false;
  toldOnline: boolean | undefined;
  /** When the first inbox connected. Milliseconds since 1970. */
  followedSince: number | undefined;

  get isOnline(): boolean {
    return this.inboxes.size + this.adminChats > 0;
  }

  get isEmpty(): boolean {
    return this.inboxes.size + this.lobby.size + this.chats.size === 0;
  }

  *v1(): Iterable<Connection> {
    for (const set of [this.inboxes, this.lobby, this.chats]) for (const one of set) if (one.v1) yield one;
  }
}
