import { editableMs } from "../protocol/limits.ts";
import type { MessageEdit } from "../protocol/records.ts";
import { writerOf } from "./append_condition.ts";
import { NotEditable, type NotEditableReason } from "./errors.ts";
import type { MessageDraft } from "./store.ts";
import type { StoredMessage } from "./stored_message.ts";

/** Whether a draft changes another message. */
export const isEdit = (draft: MessageDraft): draft is MessageDraft & { edit: MessageEdit } =>
  draft.edit !== undefined && draft.copied === undefined;

/** The text that an edit names. @throws {NotEditable} unless the draft's author may change it */
export function editable(text: StoredMessage | undefined, draft: MessageDraft): StoredMessage {
  const reason = reasonAgainst(text, draft);
  if (reason) throw new NotEditable(reason);
  return text!;
}

function reasonAgainst(
  text: StoredMessage | undefined,
  { side, by, at }: MessageDraft,
): NotEditableReason | undefined {
  if (!text) return "missing";
  if (text.kind !== "text") return "not_text";
  if (text.side !== side || writerOf(text.details?.by) !== writerOf(by)) return "not_yours";
  if (text.details?.deleted) return "deleted";
  return at - text.created >= editableMs ? "too_late" : undefined;
}

/**
 * The messages that a stored edit changes: the text, and the earlier edit of it, whose content would still tell
 * what was erased.
 */
export function editChanges(
  text: StoredMessage,
  edit: StoredMessage,
  messageAt: (seq: number) => StoredMessage | undefined,
): StoredMessage[] {
  const earlier = text.details?.edited === undefined ? undefined : messageAt(text.details.edited);
  const changed = [edited(text, edit)];
  if (earlier && earlier.content !== "") changed.push({ ...earlier, content: "" });
  return changed;
}

function edited(text: StoredMessage, { seq, content, details }: StoredMessage): StoredMessage {
  if (!details?.edit?.deleted) return { ...text, content, details: { ...text.details, edited: seq } };
  const by = text.details?.by;
  return { ...text, content: "", details: { ...(by && { by }), edited: seq, deleted: true } };
}
