import type { RoomRecord } from "../db/room.ts";
import type { AnswerSeen, ArticleSeen } from "../protocol/knowledge.ts";
import type { ContactSeen } from "../protocol/portal.ts";
import type { NotEditableReason } from "../db/errors.ts";
import { editableMs } from "../protocol/limits.ts";

/**
 * Failures of a request: one class per thing a caller can do about it.
 * `code` is the word on the wire; only routes and sockets turn these into statuses and frames.
 */
export abstract class ChatError extends Error {
  abstract readonly code: string;
}

/** The input is invalid. `fields`: the problem of each wrong field. */
export class InvalidInput extends ChatError {
  readonly code = "invalid_input";
  constructor(readonly fields: Record<string, string>) {
    super(
      Object.entries(fields).map(([field, problem]) => field ? `${field}: ${problem}` : problem).join("; "),
    );
  }
}

export class TooLong extends ChatError {
  readonly code = "too_long";
}

/** A colleague or the bot has answered meanwhile: read up to `seq`, and send it again if it still fits. */
export class Overtaken extends ChatError {
  readonly code = "overtaken";
  constructor(readonly seq: number) {
    super("Somebody else has answered meanwhile");
  }
}

const notEditable: Record<NotEditableReason, string> = {
  missing: "There is no such message",
  not_text: "Only texts can be edited or deleted",
  not_yours: "Only its author can edit or delete a message",
  deleted: "This message was deleted",
  too_late: `A message can be edited or deleted for ${editableMs / 60_000} minutes`,
};

/** A text cannot be edited or deleted by the caller, or not any more. */
export class NotEditable extends ChatError {
  readonly code = "not_editable";
  constructor(readonly reason: NotEditableReason) {
    super(notEditable[reason]);
  }
}

/** A colleague has decided about these questions of the chatbot before. */
export class AlreadyReviewed extends ChatError {
  readonly code = "already_reviewed";
  constructor() {
    super("A colleague has decided about this meanwhile");
  }
}

/** The caller is authenticated but not allowed to do this. */
export class Forbidden extends ChatError {
  readonly code = "forbidden";
}

/** The caller's role in the workspace does not allow this, or it has none there. */
export class NotAllowed extends ChatError {
  readonly code = "not_allowed";
}

/** The caller has to sign in, or to sign in again. */
export class NotSignedIn extends ChatError {
  readonly code = "not_signed_in";
}

/** The chatbot requires an identity token of the host site. */
export class IdentityRequired extends ChatError {
  readonly code = "identity_required";
  constructor() {
    super('This chatbot answers signed-in users alone: call parlor("identify") with their identity token');
  }
}

/** The identity token is invalid: the host site has to sign another one. */
export class IdentityRefused extends ChatError {
  readonly code = "identity_refused";
}

/** Another account is signed in than the caller assumes: reload. */
export class OtherAccount extends ChatError {
  readonly code = "other_account";
  constructor(expected: string) {
    super(`Another account than ${JSON.stringify(expected.slice(0, 64))} is signed in`);
  }
}

export class BadCredentials extends ChatError {
  readonly code = "bad_credentials";
  constructor() {
    super("Wrong name or password");
  }
}

/** The caller is signed in, and this needs the password as well. */
export class PasswordNeeded extends ChatError {
  readonly code = "password_needed";
  constructor(how = "Send it along as password") {
    super(
      `This needs the account's password, since the sign-in is 10 minutes old or more. ${how}, or sign in again`,
    );
  }
}

export class UsernameTaken extends ChatError {
  readonly code = "username_taken";
}

/** No such invitation: used, revoked, expired, or never made. */
export class UnknownInvitation extends ChatError {
  readonly code = "unknown_invitation";
  constructor() {
    super("This invitation does not exist any more: it was used or revoked, or it has expired");
  }
}

export class UnknownMember extends ChatError {
  readonly code = "unknown_member";
  constructor() {
    super("There is no such member");
  }
}

export class SignupClosed extends ChatError {
  readonly code = "signup_closed";
  constructor() {
    super("Sign-up is closed on this service");
  }
}

export class UnknownAdmin extends ChatError {
  readonly code = "unknown_admin";
  constructor(username: string) {
    super(`Nobody here is called ${JSON.stringify(username.slice(0, 64))}`);
  }
}

export class UnknownRoom extends ChatError {
  readonly code = "unknown_room";
  constructor(consumer: string) {
    super(`There is no conversation with ${JSON.stringify(consumer.slice(0, 64))}`);
  }
}

/** Somebody else has changed what an agent wrote about a visitor: look at it, and change it again. */
export class ContactChanged extends ChatError {
  readonly code = "conflict";
  constructor(readonly contact: ContactSeen | null) {
    super("Somebody else has changed this meanwhile");
  }
}

/** Somebody else has changed an answer or an article: `now` is what it is. */
export class KnowledgeChanged extends ChatError {
  readonly code = "conflict";
  constructor(readonly now: { answer: AnswerSeen } | { article: ArticleSeen }) {
    super("Somebody else has changed this meanwhile");
  }
}

export class UnknownCanned extends ChatError {
  readonly code = "unknown_canned";
  constructor(id: string) {
    super(`There is no canned reply ${JSON.stringify(id.slice(0, 64))} of yours to use`);
  }
}

/** There is no team, label or other thing of this id in the workspace. */
export class NoSuch extends ChatError {
  readonly code = "not_found";
  constructor(what: string) {
    super(`There is no such ${what}`);
  }
}

/** A colleague has changed the room meanwhile: `room` is what it is now. */
export class Conflict extends ChatError {
  readonly code = "conflict";
  constructor(readonly room: RoomRecord) {
    super("A colleague has changed it meanwhile");
  }
}

/** Somebody else has changed this since it was read: read it, and change it again. */
export class ChangedMeanwhile extends ChatError {
  readonly code = "conflict";
  constructor(what: string) {
    super(`Somebody else has changed this ${what} meanwhile`);
  }
}

/** The caller has to solve this challenge and send the answer as `proof`. */
export class ChallengeRequired extends ChatError {
  readonly code = "challenge_required";
  constructor(readonly challenge: { token: string; bits: number }) {
    super("Solve the challenge and send the answer as proof");
  }
}

/** The caller may retry after `retryAfterMs` milliseconds. */
export class RateLimited extends ChatError {
  readonly code: string = "rate_limited";
  constructor(readonly retryAfterMs: number, message = "Too many at once") {
    super(`${message}. Try again in ${Math.ceil(retryAfterMs / 1000)} s`);
  }
}

/** The account's storage limit is reached: delete data, or ask the operator. */
export class QuotaReached extends ChatError {
  readonly code = "quota_reached";
  constructor(readonly what: string, readonly most: number) {
    super(`This account has reached its limit of ${most} ${what}`);
  }
}

export class TooManyAttempts extends RateLimited {
  override readonly code = "too_many_attempts";
  constructor(retryAfterMs: number) {
    super(retryAfterMs, "Too many attempts");
  }
}

/** The queue of password checks is full. Solving `challenge` gives a place in it. */
export class QueueIsFull extends TooManyAttempts {
  challenge?: { token: string; bits: number };
}
