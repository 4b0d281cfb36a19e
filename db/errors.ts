/** The thing to be created exists already. */
export class AlreadyThere extends Error {
  override name = "AlreadyThere";
}

/** The store cannot be reached or cannot write now; nothing was stored as far as known. Retry. */
export class Unavailable extends Error {
  override name = "Unavailable";
}

/** The visitor is blocked: its messages are not stored. */
export class Blocked extends Error {
  override name = "Blocked";
}

/** The store cannot be opened; the message tells the operator what to change. */
export class CannotOpen extends Error {
  override name = "CannotOpen";
}
