import { Collection, type RecordStore, stored } from "../collection.ts";
import { untilCommitted } from "../records.ts";
import { numberPart } from "./staff_log.ts";

/** An act in a workspace that its owner can look up. Without message texts and secrets. */
export interface AuditEntry {
  workspace: string;
  /** 1, 2, 3 … in its workspace, without gaps. */
  n: number;
  /** Milliseconds since 1970. */
  at: number;
  /** Who acted; absent: the service itself. */
  by?: { id: string; username?: string };
  act: string;
  /** What was acted upon: a member, a visitor, a team. */
  target?: string;
  detail?: Record<string, unknown>;
}

export const auditLog = new Collection<AuditEntry>({
  name: "audit",
  schema: stored(),
  key: ({ workspace, n }) => [workspace, numberPart(n)],
});

/** Appends an entry to a workspace's audit log. Returns it. @throws {Unavailable} */
export function appendAudit(store: RecordStore, draft: Omit<AuditEntry, "n">): Promise<AuditEntry> {
  const { records } = store;
  return untilCommitted(async () => {
    const [last] = await records.list(auditLog.name, [draft.workspace], { limit: 1, reverse: true });
    const entry = { ...draft, n: ((last?.value as AuditEntry | undefined)?.n ?? 0) + 1 };
    const own = auditLog.nameOf(entry);
    const check = [{ ...own, version: undefined }];
    return await records.commit({ check, put: [{ ...own, value: entry }] }) ? { answer: entry } : undefined;
  });
}

/** Entries of a workspace after number `n`, oldest first. */
export function auditAfter(store: RecordStore, workspace: string, n: number, limit: number) {
  return auditLog.list(store, [workspace], { after: [workspace, numberPart(n)], limit });
}

/** Entries of a workspace before number `n`, or of all, newest first. */
export function auditBefore(store: RecordStore, workspace: string, n: number | undefined, limit: number) {
  const after = n === undefined ? undefined : [workspace, numberPart(n)];
  return auditLog.list(store, [workspace], { after, limit, reverse: true });
}
