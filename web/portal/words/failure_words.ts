import { CallFailed } from "../service/calls.ts";
import { count, say, type Word } from "./words.ts";

const known: Record<string, Word> = {
  unavailable: "unavailable",
  internal: "internal",
  challenge_required: "challenge_failed",
};

/** What a person is told of a call that failed: only where nothing answered it may be the connection. */
export function failureWords(error: unknown): string {
  if (!(error instanceof CallFailed)) return say("broken_title");
  const { code, message, status, waitSeconds } = error;
  if (status === 0) return say("failed");
  if (waitSeconds > 0) return count("wait_seconds", waitSeconds);
  const word = known[code];
  if (word) return say(word);
  // A proxy's own answer says nothing in words of the service.
  if (code === `http_${status}`) return say("answered", { status });
  return `${message.replace(/[.\s]+$/, "")}.`;
}
