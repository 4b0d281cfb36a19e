import { isWord, say } from "./assist_words.ts";

/** Why the bot has handed a conversation over, in plain words. */
export function HandedOff({ reason }: { reason: unknown }) {
  const word = `ast_${reason}`;
  return <span>{say("ast_reason", { why: isWord(word) ? say(word) : say("ast_failed") })}</span>;
}
