import type { AuditEntry as WireEntry, AuditPage } from "../../protocol/audit.ts";
import { maxPageBytes } from "../../protocol/limits.ts";
import { cutList } from "../../db/byte_budget.ts";
import { auditAfter, auditBefore, type AuditEntry } from "../../db/collections/audit.ts";
import type { Chat } from "../chat.ts";
import { demand } from "../permissions.ts";
import { membersOf } from "../team/members.ts";
import type { Who } from "../who.ts";

/** Entries per read, and those that one page looks through for an act. */
const atOnce = 200, mostSearched = 2_000;

export interface AuditRequest {
  act?: string;
  before?: number;
  limit: number;
}

/**
 * A page of the workspace's audit log, newest first. With `act` it may hold fewer entries than there are, since it looks
 * through a limited number; `before` says where to go on. @throws {NotAllowed}
 */
export async function auditPage(
  chat: Chat,
  who: Who,
  { act, before, limit }: AuditRequest,
): Promise<AuditPage> {
  const workspace = demand(who, "audit");
  const wire = await wireWith(chat, workspace);
  const found: WireEntry[] = [];
  let next = before, searched = 0, isEnd = false;
  while (found.length <= limit && searched < mostSearched && !isEnd) {
    const page = await auditBefore(chat.store, workspace, next, act === undefined ? limit + 1 : atOnce);
    found.push(...page.filter((entry) => act === undefined || entry.act === act).map(wire));
    isEnd = page.length === 0 || page.at(-1)!.n === 1;
    searched += page.length;
    next = page.at(-1)?.n;
  }
  const entries = cutList(found.slice(0, limit), maxPageBytes);
  if (entries.length < found.length) return { entries, has_more: true, before: entries.at(-1)!.n };
  return isEnd ? { entries, has_more: false } : { entries, has_more: true, before: next };
}

/** The whole audit log as JSON lines, oldest first, read page by page. @throws {NotAllowed} */
export async function* auditLines(chat: Chat, who: Who): AsyncGenerator<string> {
  const workspace = demand(who, "audit");
  const wire = await wireWith(chat, workspace);
  for (let after = 0, page; (page = await auditAfter(chat.store, workspace, after, atOnce)).length > 0;) {
    yield page.map((entry) => `${JSON.stringify(wire(entry))}\n`).join("");
    after = page.at(-1)!.n;
  }
}

/** Renders entries with their authors' present names. */
async function wireWith(chat: Chat, workspace: string): Promise<(entry: AuditEntry) => WireEntry> {
  const names = new Map((await membersOf(chat, workspace)).map(({ id, name }) => [id, name]));
  return ({ workspace: _, at, by, ...rest }) => {
    const name = by && names.get(by.id);
    return {
      ...rest,
      at: new Date(at).toISOString(),
      ...(by && { by: { ...by, ...(name !== undefined && { name }) } }),
    };
  };
}
