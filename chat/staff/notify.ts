import { addNotice, type Notice } from "../../db/collections/notices.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { wokenByNotice } from "../push/recipients.ts";
import { membersOf } from "../team/members.ts";

/** What members are told of. `id`: the same again is stored once; default: unique. */
export type NoticeDraft = Omit<Notice, "workspace" | "agent" | "n" | "at" | "id"> & { id?: string };

/**
 * Notifies members of something about a room, except the member who caused it: in the portal and, with `push`, on the
 * browsers of those who are away from it and want that.
 * @throws {Unavailable}
 */
export async function notify(
  chat: Chat,
  workspace: string,
  agentIds: readonly string[],
  draft: NoticeDraft,
  push?: { room: RoomRecord; text: string },
): Promise<void> {
  const known = new Set((await membersOf(chat, workspace)).map(({ id }) => id));
  const id = draft.id ?? crypto.randomUUID(), at = chat.now();
  const readers = [...new Set(agentIds)].filter((agent) => agent !== draft.by && known.has(agent));
  const added = await Promise.all(
    readers.map((agent) => addNotice(chat.store, { ...draft, workspace, agent, id, at })),
  );
  const fresh = added.flatMap((notice) => notice?.agent ?? []);
  if (!push || fresh.length === 0) return;
  const rule = draft.kind === "mention" ? "mentions" : "mine";
  void chat.push?.wake(push.room, push.text, wokenByNotice(chat, workspace, fresh, rule));
}
