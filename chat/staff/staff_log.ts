import {
  entryOfClientId,
  nextEntry,
  type StaffDraft,
  type StaffEntry,
  staffLog,
} from "../../db/collections/staff_log.ts";
import { untilCommitted } from "../../db/records.ts";
import type { RoomKey } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import type { Who } from "../who.ts";

/** The author fields of an entry that a member makes. */
export function entryBy(who: Who): Pick<StaffEntry, "by" | "byName"> {
  if (who.kind !== "admin") return {};
  const { id, ref } = who.agent, name = ref?.name;
  return { by: id, ...(name !== undefined && { byName: name }) };
}

/** An entry without the fields that its room and the clock determine. */
export type EntryDraft = Omit<StaffDraft, "workspace" | "consumer" | "at" | "after"> & { after?: number };

/**
 * Appends an entry to a room's staff log, then tells the members' sockets. For acts that change nothing in the room; those
 * that do commit `nextEntry` with the change, and call `tellEntry` afterwards. Where its author
 * has used the `client_id` before, returns the entry stored then, which is not `fresh`.
 * @throws {Unavailable}
 */
export async function addEntry(
  chat: Chat,
  key: RoomKey,
  rest: EntryDraft,
): Promise<{ entry: StaffEntry; fresh: boolean }> {
  const { admin: workspace, consumer } = key;
  const after = rest.after ?? (await chat.store.room(key))?.head ?? 0;
  const draft = { ...rest, workspace, consumer, at: chat.now(), after };
  const added = await untilCommitted(async () => {
    const same = await entryOfClientId(chat.store, draft);
    if (same) return { answer: { entry: same, fresh: false } };
    const { entry, commit } = await nextEntry(chat.store, draft);
    return await chat.store.records.commit(commit) ? { answer: { entry, fresh: true } } : undefined;
  });
  if (added.fresh) tellEntry(chat, added.entry);
  return added;
}

/** Tells the members' sockets, in every process, of an entry that is committed. */
export function tellEntry(chat: Pick<Chat, "store">, { workspace }: StaffEntry): void {
  chat.store.changes.changed({ owner: workspace, collection: staffLog.name });
}
