import type { Chat } from "../chat.ts";
import { RateLimited } from "../errors.ts";

/**
 * Counts an attempt to use a consumer id without a token. Callers with a valid token are never counted, so that a
 * stranger behind the same address locks nobody out. @throws {RateLimited}
 */
export function countGuess({ limiters }: Pick<Chat, "limiters">, address: string): void {
  const wait = limiters.guesses.take(address);
  if (wait > 0) throw new RateLimited(wait, "Too many refused tries from this address");
}
