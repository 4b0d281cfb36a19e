import { z } from "zod";
import { maxConsumerLength } from "./limits.ts";

/** An admin's name. Names compare without case, so they are kept in lower case. */
export const Username = z.string().toLowerCase().regex(
  /^[a-z0-9_-]{3,32}$/,
  "3 to 32 of the characters a-z 0-9 _ -",
);

/** A consumer id as it appears in paths and frames. */
export const Consumer = z.string().max(maxConsumerLength).regex(
  /^[A-Za-z0-9_-]+$/,
  `1 to ${maxConsumerLength} of the characters A-Z a-z 0-9 _ -`,
);

/** Whether a consumer id could be mistaken for this username: names compare without case. */
export function isUsername(consumer: string, username: string): boolean {
  return consumer.length === username.length && consumer.toLowerCase() === username;
}
