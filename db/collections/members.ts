import type { AgentAvailability, NotifyRule, Role } from "../../protocol/team.ts";
import { markOf } from "../changes.ts";
import { Collection, type RecordStore } from "../collection.ts";
import { type Commit, type RecordKey, untilCommitted } from "../records.ts";

/** An account with a role in a workspace. */
export interface Member {
  workspace: string;
  username: string;
  /** Id of its account: another account of the same name is no member. */
  account: string;
  /** Public, unique in the workspace: 12 of a-z 0-9. */
  id: string;
  role: Role;
  /** Display name. */
  name?: string;
  title?: string;
  avatar_url?: string;
  /** Ids. */
  teams: string[];
  /** Conversations that are assigned to it at once without being asked. */
  capacity: number;
  availability: AgentAvailability;
  /** Milliseconds since 1970. */
  joined: number;
  /** When it last got a conversation. Milliseconds since 1970. */
  lastAssigned?: number;
  notify?: NotifyRule;
}

const defaults = { teams: [], capacity: 6, availability: "here" } as const;

/** A member with its defaults. */
export const newMember = (
  member: Pick<Member, "workspace" | "username" | "account" | "id" | "role" | "joined"> & Partial<Member>,
): Member => ({ ...defaults, teams: [], ...member });

export const members = new Collection<Member, "byUsername">({
  name: "members",
  schema: { parse: (value) => newMember(value as Member) },
  key: ({ workspace, username }) => [workspace, username],
  indexes: { byUsername: { key: ({ username }) => [username] } },
  isWatched: true,
});

/** Members of one workspace, and workspaces of one account. */
export const maxMembers = 200;

/** The members of a workspace as they are stored: none while its owner is alone and has changed nothing. */
export function storedMembers(store: RecordStore, workspace: string): Promise<Member[]> {
  return members.list(store, [workspace], { limit: maxMembers });
}

/** The workspaces in which an account of this name has a role. */
export async function membershipsOf(store: RecordStore, username: string): Promise<Member[]> {
  const index = members.indexName("byUsername");
  const found = await store.records.list(index, [username], { limit: maxMembers });
  const all = await members.getMany(store, found.map(({ value }) => value as RecordKey));
  return all.filter((member) => member !== undefined);
}

export interface MembersChange<T> {
  put?: Member[];
  remove?: Member[];
  /** Committed together with it. */
  also?: Commit;
  answer: T;
}

/**
 * Changes the members of a workspace. `next` gets them as stored and is called again after a concurrent change, so
 * that what it decides holds when its change is committed.
 * @throws {Unavailable} after repeated conflicts, or if the engine fails; and what `next` throws
 */
export function changeMembers<T>(
  store: RecordStore,
  workspace: string,
  next: (members: Member[]) => MembersChange<T> | Promise<MembersChange<T>>,
): Promise<T> {
  const change = { owner: workspace, collection: members.name }, mark = markOf(change);
  return untilCommitted(async () => {
    const before = await store.records.get(mark.collection, mark.key);
    const { put = [], remove = [], also = {}, answer } = await next(await storedMembers(store, workspace));
    if (put.length === 0 && remove.length === 0) return { answer };
    const isDone = await store.records.commit({
      check: [{ ...mark, version: before?.version }, ...also.check ?? []],
      put: [{ ...mark, value: true }, ...put.flatMap((one) => members.recordsOf(one)), ...also.put ?? []],
      delete: [
        ...remove.flatMap((one) =>
          members.recordsOf(one).map(({ collection, key }) => ({ collection, key }))
        ),
        ...also.delete ?? [],
      ],
      add: also.add,
    });
    if (!isDone) return undefined;
    store.changes.changed(change);
    return { answer };
  });
}
