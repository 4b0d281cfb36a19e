import { maxPageBytes, messagesPerPage } from "../../protocol/limits.ts";
import type { Notice as WireNotice } from "../../protocol/staff.ts";
import { cutList } from "../../db/byte_budget.ts";
import {
  type Notice,
  noticeMarksOf,
  noticesAfter,
  noticesBefore,
  readNotices,
} from "../../db/collections/notices.ts";
import type { Chat } from "../chat.ts";
import { demand } from "../permissions.ts";
import { membersOf } from "../team/members.ts";
import type { Who } from "../who.ts";

/** Unread mentions that are counted at most. */
const mostCounted = 100;

/** A member's unread mentions, up to `mostCounted`; undefined if it never had a notice. Part of its `counts`. */
export async function unreadMentions(
  { store }: Pick<Chat, "store">,
  workspace: string,
  agent: string,
): Promise<number | undefined> {
  const [mark] = await noticeMarksOf(store, workspace, [agent]);
  if (mark!.head === 0) return undefined;
  if (mark!.head === mark!.read) return 0;
  const unread = await noticesAfter(store, { workspace, agent }, mark!.read, mostCounted);
  return unread.filter(({ kind }) => kind === "mention").length;
}

/** A page of the acting member's notices, newest first, and how far it has read them. @throws {NotAllowed} */
export async function noticePage(chat: Chat, who: Who, asked: { before?: number; limit?: number }) {
  const reader = readerOf(who);
  const { before, limit = messagesPerPage } = asked;
  const found = await noticesBefore(chat.store, reader, before, limit + 1);
  const [mark] = await noticeMarksOf(chat.store, reader.workspace, [reader.agent]);
  const notices = cutList((await wireNotices(chat, found)).slice(0, limit), maxPageBytes);
  return { notices, read: mark!.read, has_more: notices.length < found.length };
}

/** The acting member has read its notices up to this number. @throws {NotAllowed | Unavailable} */
export async function readUpTo(chat: Chat, who: Who, n: number): Promise<void> {
  await readNotices(chat.store, readerOf(who), n);
}

function readerOf(who: Who): { workspace: string; agent: string } {
  const workspace = demand(who, "read");
  return { workspace, agent: (who as Extract<Who, { kind: "admin" }>).agent.id };
}

/** Notices of one workspace as their members see them. */
export async function wireNotices(chat: Pick<Chat, "store">, notices: Notice[]): Promise<WireNotice[]> {
  if (notices.length === 0) return [];
  const members = await membersOf(chat, notices[0]!.workspace);
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return notices.map(({ workspace: _, agent: __, id: ___, at, by, byName, ...rest }) => {
    const name = by === undefined ? undefined : names.get(by) ?? byName;
    const cause = by === undefined ? {} : { by: { id: by, ...(name !== undefined && { name }) } };
    return { ...rest, created: new Date(at).toISOString(), ...cause };
  });
}
