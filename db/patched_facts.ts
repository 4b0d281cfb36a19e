import type { VisitorFacts, VisitorPatch } from "./visitor_store.ts";

/** Applies a patch to a visitor's data. */
export function patchedFacts(known: VisitorFacts, patch: VisitorPatch): VisitorFacts {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const merged = { ...known, ...Object.fromEntries(given) };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}
