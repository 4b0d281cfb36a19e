import type { CannedImport, CannedPage, CannedSeen } from "../../../../protocol/canned.ts";
import type { LabelSeen, TeamSeen } from "../../../../protocol/desk.ts";
import { call, uploadFile } from "../../service/calls.ts";
import type { MemberSeen } from "../../service/team.ts";
import type { Role } from "../../service/workspace.ts";

export interface Invitation {
  id: string;
  role: Role;
  teams: readonly string[];
  email?: string;
  /** ISO 8601. */
  expires: string;
}

const base = "/messages/api";
const at = (path: string, id: string) => `${base}/${path}/${encodeURIComponent(id)}`;

export const changeMember = (id: string, change: Record<string, unknown>): Promise<{ member: MemberSeen }> =>
  call("PATCH", at("members", id), change);

/** Removes a member; with one's own id, leaves. */
export const removeMember = (id: string): Promise<void> => call("DELETE", at("members", id));

export const handOver = (id: string, password?: string): Promise<void> =>
  call("POST", `${base}/owner`, { id, password });

export const fetchInvitations = async (): Promise<Invitation[]> =>
  (await call<{ invitations: Invitation[] }>("GET", `${base}/invitations`)).invitations;

/** The link is returned only here. */
export const invite = (
  asked: { role: Role; teams?: readonly string[]; email?: string },
): Promise<Invitation & { link: string }> => call("POST", `${base}/invitations`, asked);

export const revokeInvitation = (id: string): Promise<void> => call("DELETE", at("invitations", id));

/** Adds a team, or changes the one of this id. */
export const saveTeam = (team: Partial<TeamSeen>, id?: string): Promise<TeamSeen> =>
  id ? call("PATCH", at("teams", id), team) : call("POST", `${base}/teams`, team);

export const dropTeam = (id: string): Promise<void> => call("DELETE", at("teams", id));

export const saveLabel = (label: Partial<LabelSeen>, id?: string): Promise<LabelSeen> =>
  id ? call("PATCH", at("labels", id), label) : call("POST", `${base}/labels`, label);

export const dropLabel = (id: string): Promise<void> => call("DELETE", at("labels", id));

/** All canned replies that this member may use, by code. */
export async function fetchCanned(): Promise<CannedSeen[]> {
  const all: CannedSeen[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? "" : `?${new URLSearchParams({ cursor })}`;
    const page = await call<CannedPage>("GET", `${base}/canned${query}`);
    all.push(...page.canned);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;
}

export const saveCanned = (one: Record<string, unknown>, id?: string): Promise<CannedSeen> =>
  id ? call("PATCH", at("canned", id), one) : call("POST", `${base}/canned`, one);

export const dropCanned = (id: string): Promise<void> => call("DELETE", at("canned", id));

export const importCanned = (file: Blob, isDryRun: boolean): Promise<CannedImport> =>
  uploadFile(`${base}/canned/import${isDryRun ? "?dry_run=1" : ""}`, file);
