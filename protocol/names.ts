import { z } from "zod";
import { maxConsumerLength, minSecretConsumerLength } from "./limits.ts";

/** An admin's name. Names compare without case, so they are kept in lower case. */
export const Username = z.string().toLowerCase().regex(
  /^[a-z0-9_-]{3,32}$/,
  "3 to 32 of the characters a-z 0-9 _ -",
);

/** A consumer id as it stands in paths and frames. */
export const Consumer = z.string().max(maxConsumerLength).regex(
  /^[A-Za-z0-9_-]+$/,
  `1 to ${maxConsumerLength} of the characters A-Z a-z 0-9 _ -`,
);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether nobody can guess this consumer id, so that knowing it is proof enough. */
export function isUnguessable(consumer: string): boolean {
  return uuid.test(consumer) || consumer.length >= minSecretConsumerLength;
}
