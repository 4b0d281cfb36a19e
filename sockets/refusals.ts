import { closeCodes } from "../protocol/limits.ts";
import type { PolicyVerdict } from "../chat/visitors/visitor_policy.ts";

/** Reasons for closing a socket, right after the upgrade or later. Browsers do not see the status of a refused handshake. */
export interface Refusal {
  code: typeof closeCodes[keyof typeof closeCodes];
  reason: string;
}

export const refusal = (code: Refusal["code"], reason: string): Refusal => ({ code, reason });

export const sessionEnded = refusal(closeCodes.notSignedIn, "The session has ended");
export const noMember = refusal(closeCodes.notSignedIn, "This account is no member here any more");
export const unknownAdmin = refusal(closeCodes.unknownAdmin, "Nobody here has this name");
export const notIdentified = refusal(
  closeCodes.notSignedIn,
  "This conversation is for signed-in users: it takes an identity token",
);
export const blocked = refusal(closeCodes.notAllowed, "This visitor is blocked");
export const adminsName = refusal(closeCodes.notAllowed, "This consumer id is the name of the admin");
export const forgotten = refusal(closeCodes.notAllowed, "This conversation was deleted");
// Final: a client that asked for a new token by the former id would drop the id that another tab has just stored.
export const moved = refusal(
  closeCodes.notAllowed,
  "This conversation goes on under another consumer id: open the session again",
);
export const restarting = refusal(closeCodes.restarting, "The service restarts");
export const renewed = refusal(closeCodes.restarting, "Open it again: it was open for long without a token");
export const changed = refusal(closeCodes.restarting, "The database was replaced");

/** The close reason for a visitor of this verdict; undefined if it may stay. */
export function refusalOf(standing: PolicyVerdict): Refusal | undefined {
  return { good: undefined, unknown_admin: unknownAdmin, identity_required: notIdentified }[standing];
}
