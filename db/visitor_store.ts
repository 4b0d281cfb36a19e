import type { RoomKey, RoomRecord } from "./room.ts";

/** What a store keeps of visitors beside what they write, and how it forgets them. */
export interface VisitorStore {
  /** How many rooms an admin has. Counted along with every write: asking costs the same for ten rooms and ten thousand. */
  roomCounts(admin: string): Promise<RoomCounts>;

  /**
   * Keeps what is known of a visitor, with a room or without one. A field that is given replaces what was there,
   * `null` takes it away, the others stay. The visitor's room shows name and email, now or once it is made; answers the
   * room, if there is one.
   */
  saveVisitor(key: RoomKey, facts: VisitorPatch, at: number): Promise<RoomRecord | undefined>;
  visitor(key: RoomKey): Promise<VisitorRecord | undefined>;
  /** Whom an admin knows something of, with a room or without one, by consumer id from behind `after`, at most `limit`. */
  visitors(
    admin: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ consumer: string; visitor: VisitorRecord }[]>;

  /**
   * Blocks the visitor of a room: from then on `appendMessage` rejects what that visitor writes with `Blocked`, and
   * nothing of it is stored. Answers the room as it is now; nothing if there is none. Blocking again changes nothing.
   */
  blockVisitor(key: RoomKey, at: number): Promise<RoomRecord | undefined>;
  unblockVisitor(key: RoomKey): Promise<RoomRecord | undefined>;
  /** An admin's rooms of blocked visitors, the latest block first, at most `limit`. */
  blockedRooms(admin: string, limit: number): Promise<RoomRecord[]>;

  /**
   * Forgets a visitor: the room with its messages, what is known of the visitor, its claim, and what a search would
   * find. Whoever writes under that id later begins a new room. Answers whether there was anything to forget.
   */
  forgetVisitor(key: RoomKey): Promise<boolean>;
  /**
   * Forgets an account and all that is its own, as `forgetVisitor` does; its name stays reserved. After a failure on the
   * way some of it may be gone: call again. `at` in milliseconds since 1970.
   */
  forgetAccount(username: string, at?: number): Promise<void>;
}

export interface RoomCounts {
  open: number;
  resolved: number;
  /** Rooms, of any status, with messages after the admin's read mark. */
  unread: number;
}

/** What is known of a visitor, as far as anybody said or was asked to keep. */
export interface VisitorFacts {
  name?: string;
  email?: string;
  /** Name and email come from a signed identity token; the room opens to visitors with one alone. */
  verified?: boolean;
  /** The address of the page that the visitor looks at, and of the one that led there; without fragments. */
  page?: string;
  referrer?: string;
  /** A language tag. */
  locale?: string;
  time_zone?: string;
  /** Browser and system, in words. */
  device?: string;
  /** What the visitor's browser says, signed by nobody. */
  attributes?: Record<string, string>;
  /** What the host site's server has signed. */
  verified_attributes?: Record<string, string>;
}

export type VisitorPatch = { [F in keyof VisitorFacts]?: VisitorFacts[F] | null };

/** Times in milliseconds since 1970. */
export interface VisitorRecord extends VisitorFacts {
  firstSeen: number;
  lastSeen: number;
}
