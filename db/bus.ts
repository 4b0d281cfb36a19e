import type { Side } from "../protocol/records.ts";
import type { RoomKey } from "./store.ts";

/**
 * Publish and subscribe between the instances that share one store. Delivery may be late, doubled or lost: a notification
 * only says that there is something to read from the store, and what is followed is also polled without any notification.
 */
export interface Bus {
  /** Tells the others, soon, that a room has messages up to this seq. */
  notify(key: RoomKey, seq: number): void;
  /** Tells the others something that is worth little a moment later. */
  publish(ephemeral: EphemeralEvent): void;
  /** Begins to listen. Resolves when nothing is missed any more, but what is lost on the way. */
  listen(subscriber: Subscriber): Promise<void>;
  close(): Promise<void>;
}

/** Receives what other instances publish. Its methods never throw. */
export interface Subscriber {
  /** What this instance's sockets want to hear of. */
  followed(): Followed;
  /** Admins of whom anything is followed, each once. */
  followedAdmins(): Iterable<string>;
  /** A room has messages up to this seq, as another instance or the store says. */
  heard(key: RoomKey, seq: number): void;
  /**
   * A look at the store has found these of the rooms that were followed when it began (by `performance.now()`): the time
   * to look up what else may have been told and lost.
   */
  swept(look: { asked: Followed; found: FoundRoom[]; began: number }): Promise<void>;
  /** `from`: the other instance. */
  onEphemeral(ephemeral: EphemeralEvent, from: string): void;
  /** Whispers may have been lost: what they would have told is to be looked up. */
  missed(): void;
}

/** A room as a look has found it. */
export interface FoundRoom extends RoomKey {
  id: string;
  head: number;
  isBlocked: boolean;
  /** An identity token has opened it. */
  isVerified: boolean;
}

export interface Followed {
  /** Rooms with sockets. */
  rooms: RoomKey[];
  /** Admins of whom all rooms are followed. */
  admins: string[];
}

/** Something that happened to an admin's sockets, rooms or visitors. Whoever hears it reads what else there is to know. */
export type EphemeralEvent =
  | { type: "typing"; admin: string; consumer: string; by: Side; typing: boolean }
  | { type: "read"; admin: string; consumer: string; by: Side; seq: number }
  | { type: "room_opened" | "room_updated"; admin: string; consumer: string }
  | { type: "identity_rolled"; admin: string; secret: string }
  | { type: "visitor_blocked" | "visitor_forgotten" | "visitor_vouched"; admin: string; consumer: string }
  | { type: "chatbot_updated" | "account_forgotten"; admin: string }
  /** A watched collection of this workspace or account has changed. */
  | { type: "collection_changed"; admin: string; collection: string }
  | { type: "sessions_ended"; admin: string; jtis: string[] }
  /** Visitors of an admin, and the admin (as null), who have sockets on the instance that says so. */
  | { type: "here"; admin: string; parties: (string | null)[] }
  | { type: "left"; admin: string; parties: (string | null)[] }
  /** An instance came, and wants to know who is where; or it goes, and so does who was there. */
  | { type: "hello" | "bye" };

export interface BusOptions {
  /** Another name for each instance. */
  instance: string;
  /** Told of faults behind the bus, such as a sweep that failed. */
  onTrouble?: (what: string, error: unknown) => void;
  /** Ignores notifications and ephemeral events, so that only polling finds changes. For tests. */
  pollsOnly?: boolean;
}
