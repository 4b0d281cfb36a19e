import { signal } from "@preact/signals";
import { call, CallFailed, whenSignedOut } from "./calls.ts";

export interface Account {
  username: string;
  email?: string;
  /** ISO 8601. */
  created: string;
}

/** Who is signed in: not known yet, nobody, or somebody. */
export type Session =
  | { state: "unknown" }
  | { state: "out"; wasIn?: boolean }
  | { state: "in"; account: Account; isNew?: boolean }
  | { state: "unreachable" };

export const session = signal<Session>({ state: "unknown" });

whenSignedOut(() => signedOut());

/** The session has ended, here or elsewhere. */
export function signedOut(): void {
  const { value } = session;
  // Each call that was under way hears of it, and the first one found somebody signed in.
  session.value = { state: "out", wasIn: value.state === "in" || (value.state === "out" && value.wasIn) };
}

/** Finds out who is signed in. */
export async function recall(isNew = false): Promise<void> {
  try {
    session.value = { state: "in", account: await call<Account>("GET", "/accounts/api/me"), isNew };
    void beWoken();
  } catch (error) {
    if (error instanceof CallFailed && error.status === 401) session.value = { state: "out" };
    else session.value = { state: "unreachable" };
  }
}

/** Signs out. The session is over for this page even if the service cannot be told. */
export async function signOut(): Promise<void> {
  await call("POST", "/accounts/api/logout", {}).catch(() => {});
  session.value = { state: "out" };
  beLeftInPeace();
}

/** Whose browser was woken is woken on, also if the service has dropped its address. Most load nothing for it. */
async function beWoken(): Promise<void> {
  try {
    const worker = await navigator.serviceWorker?.getRegistration("/messages");
    if (await worker?.pushManager?.getSubscription()) await (await import("./push/subscribe.ts")).renewPush();
  } catch {
    // A browser that may not be asked is not woken.
  }
}

/** Who has signed out is not to be woken here by what visitors write. */
export function beLeftInPeace(): void {
  void import("./push/subscribe.ts").then(({ unsubscribe }) => unsubscribe()).catch(() => {});
}
