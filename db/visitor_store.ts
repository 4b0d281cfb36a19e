import type { RoomKey, RoomRecord } from "./room.ts";

/** Visitors' data besides their messages, and its deletion. */
export interface VisitorStore {
  /**
   * Number of rooms of an admin. Maintained with every write: the cost does not depend on the number of
   * rooms. With the id of an agent, also the numbers of the boxes.
   */
  roomCounts(admin: string, agent?: string): Promise<RoomCounts>;

  /**
   * Stores data of a visitor, with or without a room. A given field replaces the stored one, `null` deletes
   * it, absent fields are unchanged. Name and email also appear in the visitor's room, now or once it is
   * created. Returns the room, if there is one.
   */
  saveVisitor(key: RoomKey, facts: VisitorPatch, at: number): Promise<RoomRecord | undefined>;
  visitor(key: RoomKey): Promise<VisitorRecord | undefined>;
  /**
   * Replaces what agents wrote about the visitor of a room by the result of `next`, which is called again on a concurrent
   * change; undefined leaves it, null deletes it. Name and email appear in the room where the host site has not signed
   * any. Returns the room; undefined if there is none, and then nothing is stored. `at`: when the visitor was seen last,
   * where nothing is stored of it yet.
   */
  saveContact(
    key: RoomKey,
    next: (now: Contact | undefined) => Contact | null | undefined,
    at: number,
  ): Promise<RoomRecord | undefined>;
  /** What agents wrote about an admin's visitors, by consumer id after `after`, at most `limit`. */
  contacts(
    admin: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ consumer: string; contact: Contact }[]>;
  /**
   * Visitors of whom an admin has data, with or without a room, by consumer id after `after`, at most
   * `limit`.
   */
  visitors(
    admin: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ consumer: string; visitor: VisitorRecord }[]>;

  /**
   * Blocks the visitor of a room: from then on `appendMessage` rejects the visitor's messages with `Blocked`
   * and stores nothing. Returns the updated room; undefined if there is none. Repeating it changes nothing.
   */
  blockVisitor(key: RoomKey, at: number): Promise<RoomRecord | undefined>;
  unblockVisitor(key: RoomKey): Promise<RoomRecord | undefined>;
  /** An admin's rooms of blocked visitors, latest block first, at most `limit`. */
  blockedRooms(admin: string, limit: number): Promise<RoomRecord[]>;

  /**
   * Deletes a visitor: the room with its messages and their search entries, the visitor's data and claim. A
   * later message under that id creates a new room. Returns whether there was anything to delete.
   */
  forgetVisitor(key: RoomKey): Promise<boolean>;
  /**
   * Deletes an account and all its data, as `forgetVisitor` does; its name stays reserved. A failure may
   * leave it partly deleted: call again. `at`: milliseconds since 1970.
   */
  forgetAccount(username: string, at?: number): Promise<void>;
}

export interface RoomCounts extends Partial<BoxCounts> {
  /** Rooms that are open or waiting, and not snoozed. */
  open: number;
  resolved: number;
  /** Rooms, of any status, with messages after the admin's read mark. */
  unread: number;
}

/** Number of rooms in boxes, see `desk_store.ts`; `mine`: of the agent asked for. */
export interface BoxCounts {
  waiting: number;
  bot: number;
  snoozed: number;
  unassigned: number;
  mine: number;
}

/** Data of a visitor; absent fields are unknown. */
export interface VisitorFacts {
  name?: string;
  email?: string;
  /** Name and email come from a signed identity token; opening the room then requires a token. */
  verified?: boolean;
  /** URL of the page that the visitor views, and of the referring page; without fragments. */
  page?: string;
  referrer?: string;
  /** A language tag. */
  locale?: string;
  time_zone?: string;
  /** Browser and operating system, as text. */
  device?: string;
  /** Attributes from the visitor's browser; not authenticated. */
  attributes?: Record<string, string>;
  /** Attributes signed by the host site's server. */
  verified_attributes?: Record<string, string>;
  /** Written by agents; the visitor neither sees nor changes it. */
  contact?: Contact;
}

/** What agents wrote about a visitor; absent fields are empty. */
export interface Contact {
  name?: string;
  email?: string;
  phone?: string;
  company?: string;
  /** Fields of the agents' own, by name. */
  fields?: Record<string, string>;
  /** Id of the agent who changed it last. */
  by: string;
  /** Milliseconds since 1970. */
  at: number;
}

export type VisitorPatch = { [F in Exclude<keyof VisitorFacts, "contact">]?: VisitorFacts[F] | null };

/** Times in milliseconds since 1970. */
export interface VisitorRecord extends VisitorFacts {
  firstSeen: number;
  lastSeen: number;
}
