import { isWord, say } from "./assist_words.ts";

/** A reason for which the bot hands over, in plain words. */
export function reasonWords(reason: string): string {
  const word = `ast_${reason}`;
  return say(isWord(word) ? word : "ast_failed");
}

/** Why the bot has handed a conversation over, in plain words. */
export function HandedOff({ reason }: { reason: unknown }) {
  return <span>{say("ast_reason", { why: reasonWords(String(reason)) })}</span>;
}
