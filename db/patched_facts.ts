import type { VisitorFacts, VisitorPatch } from "./visitor_store.ts";

/** What is known of a visitor once a patch is applied to it. */
export function patchedFacts(known: VisitorFacts, patch: VisitorPatch): VisitorFacts {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const merged = { ...known, ...Object.fromEntries(given) };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}
