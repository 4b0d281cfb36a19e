import type { ReadMarks, RoomStatus, VisitorProfile } from "../protocol/records.ts";

export interface RoomKey {
  admin: string;
  consumer: string;
}

/** A room's state that its team sets. */
export interface DeskFields {
  /** Id of the agent that the room is assigned to. */
  assignee?: string;
  /** Id of the team that the room is assigned to. */
  team?: string;
  /** Ids of the labels, in order of labelling; at most `maxLabelsOfRoom`. */
  labels?: string[];
  /** The room is out of the open lists until then, or until the visitor writes. Milliseconds since 1970. */
  snoozedUntil?: number;
  /** Nearest deadline that the team has not met. Milliseconds since 1970. */
  dueAt?: number;
  /**
   * When any process looks after a room that the bot handles: a text was not answered in time, or the visitor is
   * silent. Milliseconds since 1970.
   */
  botDueAt?: number;
}

/** A room as stored: without presence and other state of open sockets. */
export interface RoomRecord extends DeskFields {
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
  /**
   * Time of the visitor's first text that no person of the team has answered, or of the hand-over by the bot.
   * Only in open and waiting rooms. Milliseconds since 1970.
   */
  waitingSince?: number;
  /** Time of labelling of each of `labels`. Milliseconds since 1970. */
  labelledAt?: number[];
}
