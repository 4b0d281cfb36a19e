import { signal } from "@preact/signals";
import type { CannedPage, CannedSeen } from "../../../protocol/canned.ts";
import { call } from "../service/calls.ts";

/** Loaded replies are loaded again after so long. Milliseconds. */
const freshMs = 60_000;
/** Most pages that are loaded. */
const mostPages = 20;

/** The canned replies that this agent may use; undefined until they are loaded. */
export const cannedReplies = signal<readonly CannedSeen[] | undefined>(undefined);
let loaded: { workspace: string; at: number } | undefined;

/** Loads those of a workspace, unless that was done just now. */
export async function loadCanned(workspace: string): Promise<void> {
  if (loaded?.workspace === workspace && Date.now() - loaded.at < freshMs) return;
  if (loaded?.workspace !== workspace) cannedReplies.value = undefined;
  loaded = { workspace, at: Date.now() };
  try {
    const all = await pages();
    if (loaded?.workspace === workspace) cannedReplies.value = all;
  } catch {
    // The next "/" tries again.
    loaded = undefined;
  }
}

async function pages(): Promise<CannedSeen[]> {
  const all: CannedSeen[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;
    const answer: CannedPage = await call("GET", `/messages/api/canned${query}`);
    all.push(...answer.canned);
    cursor = answer.cursor;
    if (cursor === undefined) break;
  }
  return all;
}

/** Counts that one was inserted: the list is by use. */
export function countUse(id: string): void {
  void call("POST", `/messages/api/canned/${id}/used`).catch(() => {});
}

/** Replies whose code or title begins with or contains what was typed; of equals, the most used first. */
export function findCanned(all: readonly CannedSeen[], query: string): CannedSeen[] {
  const wanted = query.toLowerCase();
  const rank = ({ code, title }: CannedSeen) => {
    if (code.startsWith(wanted)) return 0;
    const name = title.toLowerCase();
    return name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3;
  };
  return all.filter((reply) => rank(reply) < 3).sort((a, b) => rank(a) - rank(b) || b.used - a.used);
}
