import type { Side } from "../protocol/records.ts";
import type { RoomKey } from "../db/store.ts";
import { Forbidden } from "./errors.ts";
import type { Vouched } from "./tokens.ts";

/**
 * Who acts: an admin, the visitor of one room, or a stranger who may only ask for a room. `account`: the id of the
 * admin's account, which another account of that name does not have.
 */
export type Who =
  | { kind: "admin"; admin: string }
  | {
    kind: "visitor";
    admin: string;
    consumer: string;
    account?: string;
    address: string;
    roomKnown?: boolean;
    /** It has shown a token of a session. */
    known?: boolean;
    proved?: boolean;
    /** The host site's server says who this is. */
    vouched?: Vouched;
  }
  | { kind: "stranger"; admin: string; account?: string; address: string };

/** The name that stands as author on what this party writes. */
export function nameOf(who: Who): string {
  return who.kind === "visitor" ? who.consumer : who.kind === "admin" ? who.admin : "";
}

/** On which side of a room this party stands. */
export function sideOf(who: Who): Side {
  return who.kind === "admin" ? "admin" : "visitor";
}

/**
 * The room that this party means, found through what it may see: an admin names any of its own,
 * a visitor has one. Keys are made nowhere else, so nobody reaches a room of another admin or visitor.
 * @throws {Forbidden}
 */
export function roomOf(who: Who, consumer?: string): RoomKey {
  if (who.kind === "admin" && consumer !== undefined) return { admin: who.admin, consumer };
  if (who.kind === "visitor" && (consumer ?? who.consumer) === who.consumer) {
    return { admin: who.admin, consumer: who.consumer };
  }
  throw new Forbidden("That room is not yours to open");
}

/** @throws {Forbidden} unless an admin acts */
export function adminOnly(who: Who): string {
  if (who.kind !== "admin") throw new Forbidden("Only the admin may do this");
  return who.admin;
}
