import type { Role } from "./workspace.ts";

/** What the portal shows or hides by role. The service decides; a test holds this to its table. */
const observer = ["read", "note"] as const;
const agent = [...observer, "write", "assign", "block", "own_canned"] as const;
const manager = [...agent, "export", "erase", "content", "reports", "members"] as const;
const owner = [...manager, "secrets", "audit"] as const;
export type Act = typeof owner[number];

const table: Record<Role, readonly Act[]> = { owner, manager, agent, observer };

export const roleMay = (role: Role | undefined, act: Act): boolean =>
  role !== undefined && table[role].includes(act);

const ranks: Record<Role, number> = { owner: 3, manager: 2, agent: 1, observer: 0 };

/** Whether somebody of this role may invite, change or remove somebody of the other one. */
export const mayManage = (role: Role | undefined, other: Role): boolean =>
  roleMay(role, "members") && (role === "owner" || ranks[role!] > ranks[other]);
