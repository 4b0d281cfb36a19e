import type { StaffEntry } from "../../db/collections/staff_log.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput } from "../errors.ts";
import { chargeMessage } from "../limits/charges.ts";
import { checkContent } from "../rooms/content.ts";
import { demand } from "../permissions.ts";
import { roomOf, type Who } from "../who.ts";
import { mentionsIn } from "./mentions.ts";
import { notify } from "./notify.ts";
import { addEntry, entryBy } from "./staff_log.ts";

export interface NoteDraft {
  consumer?: string;
  client_id: string;
  text: string;
}

/**
 * Adds a note to a room's staff log; with a `client_id` that its author has used there, returns the note stored then, which is not `fresh`.
 * @throws {Forbidden | NotAllowed | InvalidInput | TooLong | RateLimited | Unavailable}
 */
export async function addNote(
  chat: Chat,
  who: Who,
  { consumer, client_id, text }: NoteDraft,
): Promise<{ entry: StaffEntry; fresh: boolean }> {
  demand(who, "note");
  const key = roomOf(who, consumer);
  checkContent(text);
  chargeMessage(chat, who, key);
  const room = await chat.store.room(key);
  if (!room) throw new InvalidInput({ consumer: "no such room" });
  const by = entryBy(who), { ids, members } = await mentionsIn(chat, key.admin, text);
  const draft = { kind: "note", client_id, text, after: room.head, ...by } as const;
  const added = await addEntry(chat, key, { ...draft, ...(ids.length > 0 && { mentions: ids }) });
  // Again for a repeat: the first request may have ended before this.
  const { n } = added.entry;
  await notify(chat, key.admin, members, {
    kind: "mention",
    consumer: key.consumer,
    id: `note ${n}`,
    entry: n,
    ...by,
  }, { room, text });
  return added;
}
