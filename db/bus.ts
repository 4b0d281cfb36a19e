import type { Side } from "../protocol/records.ts";
import type { RoomKey } from "./store.ts";

/**
 * Publish and subscribe between the instances that share one store. Delivery may be late, duplicated or lost:
 * a notification only says that the store has something new, and everything followed is also polled.
 */
export interface Bus {
  /** Notifies the others that a room has messages up to this seq. */
  notify(key: RoomKey, seq: number): void;
  /** Sends the others an event that is of no use later. */
  publish(ephemeral: EphemeralEvent): void;
  /** Starts to listen. Resolves once only messages lost in delivery can be missed. */
  listen(subscriber: Subscriber): Promise<void>;
  close(): Promise<void>;
}

/** Receives what other instances publish. Its methods never throw. */
export interface Subscriber {
  /** Rooms and admins that this instance's sockets follow. */
  followed(): Followed;
  /** Admins with anything followed, each once. */
  followedAdmins(): Iterable<string>;
  /** A room has messages up to this seq, reported by another instance or the store. */
  heard(key: RoomKey, seq: number): void;
  /**
   * Result of a sweep: the existing ones of the rooms that were followed when it began (by
   * `performance.now()`). The receiver then reads again whatever else may have been lost.
   */
  swept(look: { asked: Followed; found: FoundRoom[]; began: number }): Promise<void>;
  /** `from`: the sending instance. */
  onEphemeral(ephemeral: EphemeralEvent, from: string): void;
  /** Ephemeral events may have been lost. */
  missed(): void;
}

/** A room as found by a sweep. */
export interface FoundRoom extends RoomKey {
  id: string;
  head: number;
  isBlocked: boolean;
  /** The room has been opened with an identity token. */
  isVerified: boolean;
}

export interface Followed {
  /** Rooms with sockets. */
  rooms: RoomKey[];
  /** Admins whose rooms are all followed. */
  admins: string[];
}

/** An event about an admin's sockets, rooms or visitors. Receivers read details from the store. */
export type EphemeralEvent =
  | { type: "typing"; admin: string; consumer: string; by: Side; typing: boolean }
  | { type: "read"; admin: string; consumer: string; by: Side; seq: number; isShown?: boolean }
  | { type: "room_opened" | "room_updated"; admin: string; consumer: string }
  | { type: "identity_rolled"; admin: string; secret: string }
  | { type: "visitor_blocked" | "visitor_forgotten" | "visitor_vouched"; admin: string; consumer: string }
  | { type: "chatbot_updated" | "account_forgotten"; admin: string }
  | {
    type: "watching";
    admin: string;
    socket: string;
    agent: string;
    consumer: string | null;
    composing: boolean;
  }
  /** A watched collection of this workspace or account has changed. */
  | { type: "collection_changed"; admin: string; collection: string }
  | { type: "sessions_ended"; admin: string; jtis: string[] }
  /** Visitors of an admin, its agents (as `@` and the id), and the admin (as null), with sockets on the sending instance. */
  | { type: "here"; admin: string; parties: (string | null)[] }
  | { type: "left"; admin: string; parties: (string | null)[] }
  /** An instance starts and asks for presence; or it stops, and its presence ends. */
  | { type: "hello" | "bye" };

export interface BusOptions {
  /** Unique name of this instance. */
  instance: string;
  /** Called for faults in the background, such as a failed sweep. */
  onTrouble?: (what: string, error: unknown) => void;
  /** Ignores notifications and ephemeral events, so that only polling finds changes. For tests. */
  pollsOnly?: boolean;
}
