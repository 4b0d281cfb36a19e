/** What was to be made is there already. */
export class AlreadyThere extends Error {
  override name = "AlreadyThere";
}

/** The store cannot be reached or cannot write now; nothing was stored as far as it knows. Call again. */
export class Unavailable extends Error {
  override name = "Unavailable";
}

/** The visitor is blocked: what it writes is not stored. */
export class Blocked extends Error {
  override name = "Blocked";
}

/** The store cannot be opened until a person changes something; the message tells that person what. */
export class CannotOpen extends Error {
  override name = "CannotOpen";
}
