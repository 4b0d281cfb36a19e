import type { Role } from "../protocol/team.ts";
import { Forbidden, NotAllowed } from "./errors.ts";
import type { Who } from "./who.ts";

/**
 * What a member may do. `write`: text, status, taking, snoozing and labelling a room, reading marks. `content`: what the chatbot
 * says and how the desk is set up, merging. `secrets`: identity secret, tokens, deleting the workspace.
 */
export const acts = [
  "read",
  "note",
  "write",
  "assign",
  "block",
  "own_canned",
  "export",
  "erase",
  "content",
  "reports",
  "members",
  "secrets",
  "audit",
] as const;
export type Act = typeof acts[number];

const observer: readonly Act[] = ["read", "note"];
const agent: readonly Act[] = [...observer, "write", "assign", "block", "own_canned"];
const manager: readonly Act[] = [...agent, "export", "erase", "content", "reports", "members"];
const owner: readonly Act[] = [...manager, "secrets", "audit"];

/** The one table: what is not listed is denied. Managers manage the members below them (`mayManage`). */
const table: Record<Role, ReadonlySet<Act>> = {
  owner: new Set(owner),
  manager: new Set(manager),
  agent: new Set(agent),
  observer: new Set(observer),
};

/** Whether this party may do this in its workspace. */
export function may(who: Who, act: Act): boolean {
  return who.kind === "admin" && roleMay(who.agent.role, act);
}

export function roleMay(role: Role, act: Act): boolean {
  return table[role]?.has(act) ?? false;
}

/**
 * The workspace, if this party may do this there.
 * @throws {Forbidden} unless a member acts @throws {NotAllowed} if the member's role does not allow it
 */
export function demand(who: Who, act: Act): string {
  if (who.kind !== "admin") throw new Forbidden("Only the admin may do this");
  if (!may(who, act)) throw new NotAllowed(`Your role here, ${who.agent.role}, does not allow this`);
  return who.admin;
}

const ranks: Record<Role, number> = { owner: 3, manager: 2, agent: 1, observer: 0 };

/** Whether somebody who manages members may give this role, or change or remove somebody who has it. */
export function mayManage(who: Who, role: Role): boolean {
  return who.kind === "admin" && roleMayManage(who.agent.role, role);
}

export function roleMayManage(own: Role, role: Role): boolean {
  return roleMay(own, "members") && (own === "owner" || ranks[own] > ranks[role]);
}
