import { appendAudit, type AuditEntry } from "../../db/collections/audit.ts";
import type { Chat } from "../chat.ts";
import { withKeyedLock } from "../keyed_lock.ts";
import type { Who } from "../who.ts";

/** An act as recorded: never with message texts or secrets. */
export type Act = Pick<AuditEntry, "act" | "target" | "detail">;

/** Records an act of a member in its workspace's audit log. Called after the act. @throws {Unavailable} */
export async function audit(chat: Chat, who: Who, act: Act): Promise<void> {
  if (who.kind !== "admin") return;
  const { id, username } = who.agent;
  await auditIn(chat, who.admin, { ...act, by: { id, username } });
}

/** Records an act in a workspace, by the given member or by the service itself. @throws {Unavailable} */
export async function auditIn(
  chat: Chat,
  workspace: string,
  act: Act & Pick<AuditEntry, "by">,
): Promise<void> {
  // In turns: concurrent writers of one process would repeat each other's failed commits.
  await withKeyedLock(chat, `audit ${workspace}`, async () => {
    await appendAudit(chat.store, { workspace, at: chat.now(), ...act });
  });
}
