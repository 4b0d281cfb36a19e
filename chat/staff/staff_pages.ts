import { maxPageBytes, messagesPerPage } from "../../protocol/limits.ts";
import type { StaffEntry as WireEntry } from "../../protocol/staff.ts";
import { cutList } from "../../db/byte_budget.ts";
import { entriesAfter, entriesBefore, type StaffEntry } from "../../db/collections/staff_log.ts";
import type { Chat } from "../chat.ts";
import { membersOf } from "../team/members.ts";
import { demand } from "../permissions.ts";
import { roomOf, type Who } from "../who.ts";

export interface StaffPageRequest {
  consumer?: string;
  after?: number;
  before?: number;
  limit?: number;
}

export interface StaffPage {
  consumer: string;
  /** Oldest first. */
  entries: WireEntry[];
  has_more: boolean;
}

/** One page of a room's staff log: after an entry, before one, or the newest; it ends at `maxPageBytes` too. @throws {Forbidden} */
export async function staffPage(chat: Chat, who: Who, asked: StaffPageRequest): Promise<StaffPage> {
  demand(who, "read");
  const { admin, consumer } = roomOf(who, asked.consumer);
  const { after, before, limit = messagesPerPage } = asked;
  const key = { workspace: admin, consumer };
  const found = after === undefined
    ? await entriesBefore(chat.store, key, before, limit + 1)
    : await entriesAfter(chat.store, key, after, limit + 1);
  // In the direction asked for, so that what is cut off lies beyond the page.
  const page = cutList((await wireEntries(chat, found)).slice(0, limit), maxPageBytes);
  const has_more = page.length < found.length;
  return { consumer, entries: after === undefined ? page.reverse() : page, has_more };
}

/** Entries of one workspace as members see them: with their authors' present names, or those of then. */
export async function wireEntries(chat: Pick<Chat, "store">, entries: StaffEntry[]): Promise<WireEntry[]> {
  if (entries.length === 0) return [];
  const members = await membersOf(chat, entries[0]!.workspace);
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return entries.map(({ workspace: _, consumer: __, at, by, byName, ...rest }) => {
    const name = by === undefined ? undefined : names.get(by) ?? byName;
    const author = by === undefined ? {} : { by: { id: by, ...(name !== undefined && { name }) } };
    return { ...rest, created: new Date(at).toISOString(), ...author };
  });
}
