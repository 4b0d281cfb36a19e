import type { ReadMarks, RoomStatus, VisitorProfile } from "../protocol/records.ts";

export interface RoomKey {
  admin: string;
  consumer: string;
}

/** A room without what only the live part knows. */
export interface RoomRecord {
  /** Short random text, unique; message ids are made of it. Never a secret. */
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
  /** When the visitor was blocked, if it is. */
  blocked?: number;
}
