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

/** Who has signed out is not to be woken here by what visitors write. */
export function beLeftInPeace(): void {
  void import("./push/subscribe.ts").then(({ unsubscribe }) => unsubscribe()).catch(() => {});
}
