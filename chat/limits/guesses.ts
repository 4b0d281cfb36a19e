import type { Chat } from "../chat.ts";
import { RateLimited } from "../errors.ts";

/**
 * Counts a try at what may be somebody else's. Whoever has a right of their own shows it and is never counted, so that a
 * stranger at the same address keeps nobody out. @throws {RateLimited}
 */
export function mindGuess({ limiters }: Pick<Chat, "limiters">, address: string): void {
  const wait = limiters.guesses.take(address);
  if (wait > 0) throw new RateLimited(wait, "Too many refused tries from this address");
}
