import type { ClientFrame, ErrorCode, ServerFrame } from "../protocol/frames.ts";
import { ChatError, Overtaken, RateLimited } from "../chat/errors.ts";
import { Unavailable } from "../db/errors.ts";

type ErrorFrame = Extract<ServerFrame, { command: "error" }>;

const codes: Record<string, ErrorCode> = {
  invalid_input: "invalid_input",
  too_long: "too_long",
  rate_limited: "rate_limited",
  quota_reached: "quota_reached",
  overtaken: "overtaken",
  not_editable: "not_editable",
  not_allowed: "not_allowed",
  not_found: "invalid_input",
};

/** The error frame for the client, or nothing for an internal fault. */
export function errorFrame(error: unknown, frame: ClientFrame): ErrorFrame | undefined {
  const about = { re: frame.command, client_id: clientIdOf(frame) };
  if (error instanceof Unavailable) {
    return {
      command: "error",
      error: { code: "unavailable", message: "Not stored. Send it again" },
      ...about,
    };
  }
  if (!(error instanceof ChatError)) return undefined;
  const retry_after_ms = error instanceof RateLimited ? error.retryAfterMs : undefined;
  const code = codes[error.code] ?? "forbidden";
  const seq = error instanceof Overtaken ? error.seq : undefined;
  return { command: "error", error: { code, message: error.message, retry_after_ms, seq }, ...about };
}

/** The client's own id of the message, edit or note in a frame. */
export function clientIdOf(frame: ClientFrame): string | undefined {
  if (frame.command === "note" || frame.command === "edit_message" || frame.command === "delete_message") {
    return frame.client_id;
  }
  return frame.command === "new_message" ? frame.client_id ?? frame.message.client_id : undefined;
}
