import { CallFailed } from "../service/calls.ts";
import { count, say, type Word } from "./words.ts";

const known: Record<string, Word> = {
  unavailable: "unavailable",
  internal: "internal",
  challenge_required: "challenge_failed",
};

/** Message for a failed call: a connection problem only where there was no response. */
export function failureWords(error: unknown): string {
  if (!(error instanceof CallFailed)) return say("broken_title");
  const { code, message, status, waitSeconds } = error;
  if (status === 0) return say("failed");
  if (waitSeconds > 0) return count("wait_seconds", waitSeconds);
  const word = known[code];
  if (word) return say(word);
  // A proxy's own response has no error code of the service.
  if (code === `http_${status}`) return say("answered", { status });
  return `${message.replace(/[.\s]+$/, "")}.`;
}
