import type { Role } from "../../protocol/team.ts";
import { Collection, type RecordStore, stored } from "../collection.ts";
import type { Commit, RecordKey } from "../records.ts";

/** An invitation to a workspace that was not used yet. */
export interface Invitation {
  workspace: string;
  id: string;
  /** SHA-256 of the token in hex. */
  hash: string;
  role: Role;
  /** Ids. */
  teams: string[];
  email?: string;
  /** Id of the member who invites. */
  by: string;
  /** Milliseconds since 1970. */
  created: number;
  expires: number;
}

export const invitations = new Collection<Invitation, "byHash">({
  name: "invitations",
  schema: stored(),
  key: ({ workspace, id }) => [workspace, id],
  indexes: { byHash: { key: ({ hash }) => [hash], isUnique: true } },
});

/** Unused invitations of one workspace. */
export const maxInvitations = 50;

/** The invitations of a workspace, expired ones included. */
export function invitationsTo(store: RecordStore, workspace: string): Promise<Invitation[]> {
  return invitations.list(store, [workspace], { limit: maxInvitations + 1 });
}

/** The invitation of a token's hash, and what uses it up: a commit that succeeds once. */
export async function usableInvitation(
  { records }: RecordStore,
  hash: string,
): Promise<{ invitation: Invitation; use: Commit } | undefined> {
  const entry = { collection: invitations.indexName("byHash"), key: [hash] };
  const found = await records.get(entry.collection, entry.key);
  if (!found) return undefined;
  const own = { collection: invitations.name, key: found.value as RecordKey };
  const record = await records.get(own.collection, own.key);
  if (!record) return undefined;
  const use = { check: [{ ...own, version: record.version }], delete: [own, entry] };
  return { invitation: record.value as Invitation, use };
}
