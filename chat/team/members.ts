import {
  type Member,
  members as collection,
  newMember,
  storedMembers,
} from "../../db/collections/members.ts";
import type { Store } from "../../db/store.ts";
import type { Chat } from "../chat.ts";

type Stored = Pick<Chat, "store">;

/** Workspaces whose members are kept in memory; each costs a read per sweep where several processes share a store. */
const maxKept = 1_000;

/** The members of a workspace as last read, followed until it is dropped. */
class KeptMembers {
  readonly listeners = new Set<() => void>();
  #reading: Promise<readonly Member[]> | undefined;
  /** What `#reading` has resolved to. */
  #value: readonly Member[] | undefined;
  #following: Promise<() => void> | undefined;

  constructor(readonly store: Store, readonly workspace: string) {}

  read(): Promise<readonly Member[]> {
    if (this.#reading) return this.#reading;
    const reading = this.#load();
    this.#reading = reading;
    const drop = () => void (this.#reading === reading && (this.#reading = undefined));
    void reading.then((members) => {
      // An account that signs up later changes nothing here, so its absence is not kept.
      if (members.length === 0) drop();
      else if (this.#reading === reading) this.#value = members;
    }, drop);
    return reading;
  }

  readAgain(): Promise<readonly Member[]> {
    this.#reading = this.#value = undefined;
    return this.read();
  }

  get known(): readonly Member[] | undefined {
    return this.#value;
  }

  close(): void {
    void this.#following?.then((stop) => stop(), () => {});
  }

  async #load(): Promise<readonly Member[]> {
    this.#following ??= this.store.changes.follow(
      { owner: this.workspace, collection: collection.name },
      this.#changed,
    );
    try {
      await this.#following;
    } catch (error) {
      this.#following = undefined;
      throw error;
    }
    const stored = await storedMembers(this.store, this.workspace);
    return stored.length > 0 ? stored : await soleOwner(this.store, this.workspace);
  }

  /** A read under way may have begun before the change. */
  #changed = () => {
    this.#reading = this.#value = undefined;
    for (const listener of this.listeners) listener();
  };
}

/** The account of a workspace without member records is its only member. */
async function soleOwner(store: Store, workspace: string): Promise<Member[]> {
  const account = await store.account(workspace);
  return account && !account.memberOnly ? [await ownerOf(account)] : [];
}

/** An account as the owner of the workspace of its name. */
export async function ownerOf(account: { username: string; id: string; created: number }): Promise<Member> {
  const { username, id: accountId, created: joined } = account;
  const id = await agentIdOf(username, accountId);
  return newMember({ workspace: username, username, account: accountId, id, role: "owner", joined });
}

/** The public id of an account in a workspace: the same whenever it joins, and it tells nothing of the account. */
export async function agentIdOf(workspace: string, account: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${workspace}\0${account}`);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 12);
}

const kept = new WeakMap<object, Map<string, KeptMembers>>();

function keptOf({ store }: Stored, workspace: string): KeptMembers {
  let all = kept.get(store.changes);
  if (!all) kept.set(store.changes, all = new Map());
  const known = all.get(workspace) ?? new KeptMembers(store, workspace);
  // The last one used is the last in the map.
  all.delete(workspace);
  all.set(workspace, known);
  if (all.size > maxKept) dropOldest(all);
  return known;
}

function dropOldest(all: Map<string, KeptMembers>): void {
  for (const [workspace, { listeners }] of all) {
    if (listeners.size > 0) continue;
    all.get(workspace)!.close();
    return void all.delete(workspace);
  }
}

/** The members of a workspace, from memory where they are known; none if there is no such workspace. */
export function membersOf(chat: Stored, workspace: string): Promise<readonly Member[]> {
  return keptOf(chat, workspace).read();
}

/** The members as they are stored now: another process may have let somebody in whom this one has not heard of yet. */
export function membersReadAgain(chat: Stored, workspace: string): Promise<readonly Member[]> {
  return keptOf(chat, workspace).readAgain();
}

/** Whether a workspace is known to have a single member, without waiting: false while that is not known. */
export function isKnownAlone(chat: Stored, workspace: string): boolean {
  return keptOf(chat, workspace).known?.length === 1;
}

export async function memberOf(
  chat: Stored,
  workspace: string,
  username: string,
): Promise<Member | undefined> {
  return (await membersOf(chat, workspace)).find((member) => member.username === username);
}

/** The member with this public id. */
export async function memberById(chat: Stored, workspace: string, id: string): Promise<Member | undefined> {
  return (await membersOf(chat, workspace)).find((member) => member.id === id);
}

/** Calls `listener` after each change of a workspace's members, whichever process made it. Returns what stops it. */
export function followMembers(chat: Stored, workspace: string, listener: () => void): () => void {
  const known = keptOf(chat, workspace);
  known.listeners.add(listener);
  return () => void known.listeners.delete(listener);
}
