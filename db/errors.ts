import type { RoomStatus } from "../protocol/records.ts";

/** The item to be created already exists. */
export class AlreadyThere extends Error {
  override name = "AlreadyThere";
}

/**
 * The store cannot be reached or cannot write at the moment; the outcome of a write may be unknown. Retry.
 */
export class Unavailable extends Error {
  override name = "Unavailable";
}

/**
 * A conditional write was rejected because another author has answered. `seq`: the newest seq of the room.
 */
export class Overtaken extends Error {
  override name = "Overtaken";
  constructor(readonly seq: number) {
    super(`Somebody else has answered; the newest message is ${seq}`);
  }
}

/** A conditional write was rejected: the room has another status or does not exist. */
export class WrongStatus extends Error {
  override name = "WrongStatus";
  constructor(readonly status: RoomStatus | undefined) {
    super(status ? `The room is "${status}"` : "There is no such room");
  }
}

/** The room was merged into another one, under another consumer id: nothing can be written under this one. */
export class Moved extends Error {
  override name = "Moved";
  constructor(readonly into: string) {
    super("The conversation goes on under another consumer id");
  }
}

/** Why a text cannot be edited. `missing`: the room has no such message. */
export type NotEditableReason = "missing" | "not_text" | "not_yours" | "deleted" | "too_late";

/** An edit was rejected; nothing has changed. */
export class NotEditable extends Error {
  override name = "NotEditable";
  constructor(readonly reason: NotEditableReason) {
    super(`The text cannot be edited: ${reason}`);
  }
}

/** The visitor is blocked: its messages are not stored. */
export class Blocked extends Error {
  override name = "Blocked";
}

/** The store cannot be opened; the message tells the operator what to change. */
export class CannotOpen extends Error {
  override name = "CannotOpen";
}
