import type { ReadMarks, RoomStatus, VisitorProfile } from "../protocol/records.ts";

export interface RoomKey {
  admin: string;
  consumer: string;
}

/** A room as stored: without presence and other state of open sockets. */
export interface RoomRecord {
  /** Short random text, unique; part of the ids of its messages. Not secret. */
  id: string;
  admin: string;
  consumer: string;
  status: RoomStatus;
  statusBy?: string;
  statusAt?: number;
  created: number;
  active: number;
  /** seq of the newest message, 0 for none. */
  head: number;
  read: ReadMarks;
  visitor?: VisitorProfile;
  /** Time of the visitor's block, if it is blocked. Milliseconds since 1970. */
  blocked?: number;
}
