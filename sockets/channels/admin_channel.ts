import type { Availability } from "../../chat/chatbots/availability.ts";
import type { Connection } from "../connection.ts";

/** Everyone connected to one admin. */
export class AdminChannel {
  /** The admin's own room sockets: the inbox. */
  readonly inboxes = new Set<Connection>();
  /** Those of them that asked to hear of all rooms. */
  readonly subscribers = new Set<Connection>();
  /** Visitors' room sockets. */
  readonly lobby = new Set<Connection>();
  /** Chat sockets, of visitors and of the admin. */
  readonly chats = new Set<Connection>();
  /** Chat sockets that the admin opened. */
  adminChats = 0;
  /** What the admin has set of when somebody answers; known while visitors listen. */
  availability: Availability | undefined;
  /** Whether the admin was here, by what was told of it last, and whether visitors were told of somebody online. */
  isHere = false;
  toldOnline: boolean | undefined;
  /** When the first of the inboxes came: milliseconds since 1970. */
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
