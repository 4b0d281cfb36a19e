import type { Message } from "../../protocol/records.ts";

/** The latest known edit of each text, by the text's seq. */
export type Edits = Map<number, Message>;

/**
 * Adds the edits among these messages; returns whether there were any. An edit without content that deletes nothing
 * was replaced by a later one.
 */
export function noteEdits(edits: Edits, messages: Message[]): boolean {
  let isAny = false;
  for (const message of messages) {
    const { edit, content, seq } = message;
    if (!edit || !(content || edit.deleted) || seq < (edits.get(edit.seq)?.seq ?? 0)) continue;
    edits.set(edit.seq, message);
    isAny = true;
  }
  return isAny;
}

/** A message as its latest edit says, unless it includes that already. */
export function edited(edits: Edits, message: Message): Message {
  const last = edits.get(message.seq);
  if (!last || last.seq <= (message.edited ?? 0)) return message;
  const { content, seq, edit } = last;
  const text = { ...message, content, edited: seq };
  return edit!.deleted ? { ...text, deleted: true, extra: undefined } : text;
}
