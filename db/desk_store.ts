import type { RoomStatus } from "../protocol/records.ts";
import type { Commit } from "./records.ts";
import type { DeskFields, RoomKey, RoomRecord } from "./room.ts";

/**
 * The boxes of a team's inbox. `mine`, `unassigned` and `team` contain rooms that are open or waiting and not
 * snoozed; `waiting` those of them in which the visitor waits for an answer of a person; `snoozed` contains
 * snoozed rooms unless resolved; `label` contains rooms of any status.
 */
export type Box = "mine" | "unassigned" | "team" | "waiting" | "bot" | "snoozed" | "label";

/** `id`: the agent of `mine`, the team of `team`, the label of `label`. */
export interface BoxAsked {
  kind: Box;
  id?: string;
}

/**
 * `newest`: latest activity first; in `waiting`, the latest to start waiting first. `longest_waiting`: rooms
 * whose visitor waits, the longest first, then the others, latest activity first.
 * Has no effect on `bot` (latest activity first), `snoozed` (the first to wake first) and `label` (the latest
 * labelled first).
 */
export type BoxSort = "newest" | "longest_waiting";

/** `snoozedUntil` of a room that is snoozed until the visitor writes. */
export const untilReply = 253_402_300_799_999;

/** Fields to change; `null` deletes a field, absent fields are unchanged. */
export type DeskPatch = { [F in keyof DeskFields]?: DeskFields[F] | null } & {
  /** Moves the admin's read mark to this seq, also back; at most to the head. */
  readAdmin?: number;
};

/** Values that a change requires; `null`: the field is absent. */
export type DeskExpect = { [F in keyof DeskFields]?: DeskFields[F] | null } & {
  waitingSince?: number | null;
  /** seq of the newest message. */
  head?: number;
  /** The room has one of these statuses. */
  status?: readonly RoomStatus[];
};

export interface DeskChange {
  expect?: DeskExpect;
  set: DeskPatch;
  /** Records that are changed in the same transaction. */
  commit?: Commit;
  /** Time of labelling of new labels. Milliseconds since 1970; now, if absent. */
  at?: number;
}

/**
 * The room after the change, or the condition that did not hold: of the room, which is absent if it does not
 * exist, or of the commit's checks.
 */
export type DeskChanged =
  | { room: RoomRecord; conflict?: undefined }
  | { conflict: "expect"; room?: RoomRecord }
  | { conflict: "records"; room?: undefined };

export interface ClaimAsked {
  /** Id of the agent. */
  agent: string;
  /** Teams whose rooms are considered; `null`: rooms without a team. */
  teams: readonly (string | null)[];
  /** Maximum load of the agent. */
  capacity: number;
  /** Records that are changed in the same transaction, for the room as it will be. */
  commit?(room: RoomRecord): Promise<Commit>;
}

/** Work of a team on its rooms. Nothing of it is part of what visitors receive. */
export interface DeskStore {
  /**
   * Changes an existing room, and records, in one transaction: either both or neither. Of concurrent calls that
   * expect the same value of a field that they change, one succeeds.
   * @throws {RangeError} for too many labels, or records that no engine can store
   * @throws {Unavailable} if it is unknown whether the change was made
   */
  changeDesk(key: RoomKey, change: DeskChange): Promise<DeskChanged>;
  /**
   * Assigns the room that has waited longest, of the unassigned ones of these teams, to the agent, unless its
   * load is `capacity` or more. Returns the room; undefined if there is none, or no capacity. Concurrent calls
   * never get the same room, nor exceed an agent's capacity.
   * @throws {Unavailable}
   */
  claimNext(workspace: string, asked: ClaimAsked): Promise<RoomRecord | undefined>;
  /** Number of rooms assigned to the agent that are open or waiting, and not snoozed. */
  load(workspace: string, agent: string): Promise<number>;
  /** Rooms of all workspaces whose `dueAt`, `snoozedUntil` or `botDueAt` is not after `at`, the oldest first. */
  dueRooms(at: number, limit: number): Promise<RoomRecord[]>;
}
