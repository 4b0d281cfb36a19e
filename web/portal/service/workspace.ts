import { signal } from "@preact/signals";
import type { Role } from "../../../protocol/team.ts";
import { call, callIn } from "./calls.ts";

export type { Role };

/** A workspace that the account is a member of. */
export interface WorkspaceSeen {
  workspace: string;
  /** The chatbot's title. */
  title: string;
  role: Role;
}

/** The workspace that this tab acts in; undefined until it is known. */
export const workspace = signal<string | undefined>(undefined);
/** All workspaces of the account; undefined until they are loaded. */
export const workspaces = signal<readonly WorkspaceSeen[] | undefined>(undefined);

const keyOf = (account: string) => `parlor:${account}:workspace`;

/** The first workspace to act in: the link's, this tab's, the one used last in this browser, the account's own. */
export async function chooseWorkspace(account: string): Promise<void> {
  const linked = linkedWorkspace(location.search), known = remembered(account);
  if (linked === undefined && known !== undefined) return actIn(account, known);
  await loadWorkspaces(account).catch(() => {});
  const [first] = workspaces.value ?? [];
  const chosen = [linked, known, account].find((name) => name !== undefined && isMine(name));
  actIn(account, chosen ?? first?.workspace ?? account);
}

/** From now on this tab acts in `name`, and the next one that is opened too. */
export function actIn(account: string, name: string): void {
  callIn(name === account ? undefined : name);
  workspace.value = name;
  for (const storage of ["sessionStorage", "localStorage"] as const) {
    attempt(() => globalThis[storage].setItem(keyOf(account), name));
  }
}

/** Nobody is signed in any more. */
export function leaveWorkspaces(account: string): void {
  callIn(undefined);
  workspace.value = workspaces.value = undefined;
  attempt(() => sessionStorage.removeItem(keyOf(account)));
}

/** Loads the account's workspaces, and leaves one that it is no longer a member of. @throws {CallFailed} */
export async function loadWorkspaces(account: string): Promise<void> {
  const answer = await call<{ workspaces: WorkspaceSeen[] }>("GET", "/messages/api/workspaces");
  workspaces.value = answer.workspaces;
  const [first] = answer.workspaces, now = workspace.value;
  if (now !== undefined && !isMine(now) && first) actIn(account, isMine(account) ? account : first.workspace);
}

/** Whether the account is known to be a member of the workspace. */
export const isMine = (name: string): boolean =>
  workspaces.value?.some(({ workspace }) => workspace === name) ?? false;

/** The workspace that a link names: `?workspace=NAME`. */
export const linkedWorkspace = (search: string): string | undefined =>
  new URLSearchParams(search).get("workspace")?.toLowerCase() || undefined;

function remembered(account: string): string | undefined {
  return attempt(() => sessionStorage.getItem(keyOf(account)) ?? localStorage.getItem(keyOf(account))) ??
    undefined;
}

/** A browser that refuses storage remembers nothing. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
