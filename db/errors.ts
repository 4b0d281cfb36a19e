import type { RoomStatus } from "../protocol/records.ts";

/** The thing to be created exists already. */
export class AlreadyThere extends Error {
  override name = "AlreadyThere";
}

/** The store cannot be reached or cannot write now; nothing was stored as far as known. Retry. */
export class Unavailable extends Error {
  override name = "Unavailable";
}

/** A conditional write came too late: somebody else has answered. `seq`: the newest of the room. */
export class Overtaken extends Error {
  override name = "Overtaken";
  constructor(readonly seq: number) {
    super(`Somebody else has answered; the newest message is ${seq}`);
  }
}

/** A conditional write found the room in another status, or no room. */
export class WrongStatus extends Error {
  override name = "WrongStatus";
  constructor(readonly status: RoomStatus | undefined) {
    super(status ? `The room is "${status}"` : "There is no such room");
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
