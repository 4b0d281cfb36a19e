import {
  ChallengeRequired,
  ChatError,
  ContactChanged,
  InvalidInput,
  KnowledgeChanged,
  QueueIsFull,
  RateLimited,
} from "../../chat/errors.ts";
import { faultFields, type Log } from "../../chat/monitoring/log.ts";
import { Unavailable } from "../../db/errors.ts";
import type { Service } from "../service.ts";

/** The body is neither JSON nor a form. */
export class BadBody extends ChatError {
  readonly code = "bad_json";
}

export class BodyTooBig extends ChatError {
  readonly code = "too_big";
}

export class NotFound extends ChatError {
  readonly code = "not_found";
}

/** The request is malformed. */
export class BadRequest extends ChatError {
  readonly code = "bad_request";
}

/** The upgrade request violates RFC 6455. */
export class BadHandshake extends ChatError {
  readonly code = "bad_handshake";
}

const statuses: Record<string, number> = {
  invalid_input: 400,
  bad_json: 400,
  bad_request: 400,
  bad_handshake: 400,
  too_long: 400,
  bad_credentials: 401,
  not_signed_in: 401,
  identity_required: 401,
  identity_refused: 401,
  forbidden: 403,
  not_allowed: 403,
  signup_closed: 403,
  password_needed: 403,
  challenge_required: 403,
  not_found: 404,
  unknown_admin: 404,
  unknown_room: 404,
  unknown_canned: 404,
  unknown_invitation: 404,
  unknown_member: 404,
  username_taken: 409,
  conflict: 409,
  already_reviewed: 409,
  other_account: 409,
  too_big: 413,
  quota_reached: 403,
  rate_limited: 429,
  too_many_attempts: 429,
};

/** The one place that maps errors to statuses. Internal faults are logged and reveal nothing. */
export function errorResponse(error: unknown, { log, metrics }: Pick<Service, "log" | "metrics">): Response {
  const response = responseTo(error, log);
  metrics.refused.add(
    error instanceof ChatError ? error.code : response.status === 503 ? "unavailable" : "internal",
  );
  return response;
}

function responseTo(error: unknown, log: Log): Response {
  if (error instanceof Unavailable) return shaped(503, "unavailable", "Not done. Try again in a moment");
  if (!(error instanceof ChatError)) {
    log.error("request_failed", faultFields(error));
    return shaped(500, "internal", "Something went wrong here");
  }
  const more = error instanceof InvalidInput
    ? { fields: error.fields }
    : error instanceof ChallengeRequired || (error instanceof QueueIsFull && error.challenge)
    ? { challenge: error.challenge }
    : error instanceof ContactChanged
    ? { contact: error.contact }
    : error instanceof KnowledgeChanged
    ? error.now
    : {};
  const response = shaped(statuses[error.code] ?? 400, error.code, error.message, more);
  // RFC 6455, 4.4: a client with another version is told the supported one.
  if (error instanceof BadHandshake) response.headers.set("sec-websocket-version", "13");
  if (error instanceof RateLimited) {
    response.headers.set("retry-after", String(Math.ceil(error.retryAfterMs / 1000)));
  }
  return response;
}

function shaped(status: number, code: string, message: string, more: Record<string, unknown> = {}): Response {
  return Response.json({ error: { code, message, ...more } }, { status });
}
