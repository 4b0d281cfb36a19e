import { signal } from "@preact/signals";
import { onResume } from "../../client/resume.ts";
import { clearAccount, restoreAccount } from "./account_storage.ts";
import { call, callAs, CallFailed, whenRefused } from "./calls.ts";
import { chooseWorkspace, leaveWorkspaces } from "./workspace.ts";

export interface Account {
  username: string;
  email?: string;
  /** ISO 8601. */
  created: string;
}

/** How a session ended: by itself or elsewhere, by signing out in another tab, with the account. */
export type Ending = "ended" | "left" | "deleted";

/** Who is signed in: not known yet, nobody, somebody, or somebody else than this page was opened for. */
export type Session =
  | { state: "unknown" }
  | { state: "out"; ending?: Ending }
  | { state: "in"; account: Account; isNew?: boolean }
  | { state: "other"; username: string }
  | { state: "failed"; error: unknown };

export const session = signal<Session>({ state: "unknown" });

/** What the tabs of a browser tell each other. */
type Told = { type: "in"; username: string } | { type: "out"; username: string; ending?: Ending };
const tabs = new BroadcastChannel("parlor:session");
const tell = (told: Told) => tabs.postMessage(told);

tabs.onmessage = ({ data }: MessageEvent<Told>) => {
  const { value } = session;
  const isOwn = value.state === "in" && value.account.username === data.username;
  if (data.type === "out") return isOwn ? leave({ ending: data.ending ?? "left", hold: true }) : undefined;
  if (value.state !== "in") void recall();
  else if (!isOwn) otherAccount();
};

// A tab that slept, or stands on another origin than the one that signed in, has heard nothing.
onResume(() => {
  const { state } = session.value;
  if (state === "out" || state === "other") void recall();
});

whenRefused({ signedOut: () => signedOut(), otherAccount: () => otherAccount() });

/** The session has ended, here or elsewhere: whoever signs in again in this page finds what was being written. */
export function signedOut(): void {
  if (session.value.state === "in") leave({ ending: "ended", hold: true });
  else if (session.value.state !== "out") session.value = { state: "out" };
}

/** The account is no more. */
export function accountDeleted(): void {
  const { value } = session;
  if (value.state === "in") tell({ type: "out", username: value.account.username, ending: "deleted" });
  leave({ ending: "deleted", hold: false });
}

/** The admin has signed out, here: nothing of the account stays in this browser. */
export function hasSignedOut(): void {
  const { value } = session;
  if (value.state === "in") tell({ type: "out", username: value.account.username });
  leave({ hold: false });
}

/** Signs out. The session is over for this page even if the service cannot be told. */
export async function signOut(): Promise<void> {
  await call("POST", "/accounts/api/logout", {}).catch(() => {});
  hasSignedOut();
}

function leave({ ending, hold }: { ending?: Ending; hold: boolean }): void {
  const { value } = session;
  if (value.state !== "in") return;
  clearAccount(value.account.username, { hold });
  callAs(undefined);
  leaveWorkspaces(value.account.username);
  session.value = { state: "out", ending };
  if (!hold) beLeftInPeace();
}

/** Somebody else is signed in: what this page shows and would do is not theirs. */
function otherAccount(): void {
  const { value } = session;
  if (value.state !== "in") return;
  clearAccount(value.account.username, { hold: true });
  session.value = { state: "other", username: value.account.username };
}

/** Finds out who is signed in. Answers why that is not known, if it is not. */
export async function recall(isNew = false): Promise<unknown> {
  try {
    const account = await call<Account>("GET", "/accounts/api/me");
    // Another answer was sooner.
    if (session.value.state === "in") return;
    restoreAccount(account.username);
    callAs(account.username);
    await chooseWorkspace(account.username);
    session.value = { state: "in", account, isNew };
    void beWoken();
  } catch (error) {
    const { state } = session.value;
    const isOut = error instanceof CallFailed && error.status === 401;
    if (isOut && state !== "in" && state !== "out") session.value = { state: "out" };
    // A tab that shows the sign-in page, or the notice of another account, stays there.
    if (!isOut && (state === "unknown" || state === "failed")) session.value = { state: "failed", error };
    return error;
  }
}

/** Makes sure that the session is still this page's account's; if it is not, the page says so. */
export async function confirmSession(): Promise<void> {
  await call("GET", "/accounts/api/me").catch(() => {});
}

/**
 * Signs in, or up, by `entering`; the other tabs of this browser follow.
 * @throws {CallFailed} if the service refuses, or cannot be reached
 */
export async function enter(entering: () => Promise<unknown>, isNew: boolean): Promise<void> {
  await entering();
  const error = await recall(isNew);
  const { value } = session;
  if (value.state === "in") tell({ type: "in", username: value.account.username });
  else throw error;
}

/** Whose browser was woken is woken on, also if the service has dropped its address. Most load nothing for it. */
async function beWoken(): Promise<void> {
  try {
    const worker = await navigator.serviceWorker?.getRegistration("/messages");
    if (await worker?.pushManager?.getSubscription()) {
      await (await import("../notifications/subscribe.ts")).renewPush();
    }
  } catch {
    // A browser that may not be asked is not woken.
  }
}

/** Who has signed out is not to be woken here by what visitors write. */
function beLeftInPeace(): void {
  void import("../notifications/subscribe.ts").then(({ unsubscribe }) => unsubscribe()).catch(() => {});
}
