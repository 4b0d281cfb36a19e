import type { AgentRef, Side } from "../protocol/records.ts";
import type { AgentAvailability, Role } from "../protocol/team.ts";
import type { RoomKey } from "../db/store.ts";
import { Forbidden } from "./errors.ts";
import type { Vouched } from "./tokens.ts";

/** The member of a workspace who acts for it. */
export interface Agent {
  /** Public. */
  readonly id: string;
  /** Name that it signs in with. */
  readonly username: string;
  readonly role: Role;
  /** Ids. */
  readonly teams: readonly string[];
  readonly availability: AgentAvailability;
  /** As everybody may know it; absent while the workspace has one member without a display name. */
  readonly ref?: AgentRef;
}

/**
 * Who acts: a member of the workspace `admin`, the visitor of one room, or a stranger who may only request a room.
 * `account`: id of the admin's account, which distinguishes it from another account of the same name. `agent` is
 * replaced on open sockets when the member changes.
 */
export type Who =
  | { kind: "admin"; admin: string; agent: Agent }
  | {
    kind: "visitor";
    admin: string;
    consumer: string;
    account?: string;
    address: string;
    roomKnown?: boolean;
    /** It has shown a session token. */
    known?: boolean;
    proved?: boolean;
    /** Its identity token. */
    vouched?: Vouched;
  }
  | { kind: "stranger"; admin: string; account?: string; address: string };

export type AdminWho = Extract<Who, { kind: "admin" }>;

/** The author name on what this party writes. */
export function nameOf(who: Who): string {
  return who.kind === "visitor" ? who.consumer : who.kind === "admin" ? who.admin : "";
}

/** The side of a room that this party belongs to. */
export function sideOf(who: Who): Side {
  return who.kind === "admin" ? "admin" : "visitor";
}

/**
 * The room that this party addresses, found through what it may access: an admin names any of its own,
 * a visitor has one. Keys are created nowhere else, so nobody reaches a room of another admin or visitor.
 * @throws {Forbidden}
 */
export function roomOf(who: Who, consumer?: string): RoomKey {
  if (who.kind === "admin" && consumer !== undefined) return { admin: who.admin, consumer };
  if (who.kind === "visitor" && (consumer ?? who.consumer) === who.consumer) {
    return { admin: who.admin, consumer: who.consumer };
  }
  throw new Forbidden("That room is not yours to open");
}
