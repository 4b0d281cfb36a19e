import { maxAttributes, maxAttributesBytes } from "../../protocol/limits.ts";
import { InvalidInput } from "../errors.ts";

/** The limits of attributes in words. */
export const mostAttributes = `at most ${maxAttributes}, and ${maxAttributesBytes / 1024} KiB in all`;

export function areTooMany(attributes: object): boolean {
  return Object.keys(attributes).length > maxAttributes ||
    new TextEncoder().encode(JSON.stringify(attributes)).length > maxAttributesBytes;
}

/**
 * Refuses too many attributes, or too long ones in total, before a schema reports a problem for each.
 * @throws {InvalidInput}
 */
export function checkAttributes(body: unknown): void {
  const attributes: unknown = Object(body).attributes;
  if (typeof attributes !== "object" || attributes === null || !areTooMany(attributes)) return;
  throw new InvalidInput({ attributes: mostAttributes });
}
