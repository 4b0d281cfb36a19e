import type { DatabaseSync } from "node:sqlite";
import type { MessageEdit } from "../../protocol/records.ts";
import { editable, editChanges } from "../edits.ts";
import { NotEditable } from "../errors.ts";
import type { MessageDraft } from "../store.ts";
import type { StoredMessage } from "../stored_message.ts";
import { checksumOf } from "./checksum.ts";
import type { MessageKeys } from "./message_keys.ts";
import { rowOf, selectMessages, storedOf } from "./message_row.ts";
import type { RoomRow } from "./room_row.ts";

interface Edits {
  /** Why an edit is not possible; undefined if it is. */
  refusal(room: RoomRow | undefined, draft: MessageDraft & { edit: MessageEdit }): NotEditable | undefined;
  /** Changes what a stored edit changes. */
  apply(room: RoomRow, edit: StoredMessage): void;
}

/**
 * Edits texts within the group commit. A changed text gets a new key: the search index is keyed by it and indexes
 * the new text as it does any message. The former text stays in `replaced_texts` until the index has removed its
 * words, which it can do only by the text.
 */
export function edits(db: DatabaseSync, keys: MessageKeys): Edits {
  const find = selectMessages(db, "WHERE room = ? AND seq = ?");
  const replace = db.prepare(
    "INSERT INTO replaced_texts SELECT key, ?, content FROM messages WHERE room = ? AND seq = ? AND kind = 0",
  );
  const update = db.prepare(
    "UPDATE messages SET content = ?, details = ?, checksum = ? WHERE room = ? AND seq = ?",
  );
  const moveKey = db.prepare("UPDATE messages SET key = ? WHERE room = ? AND seq = ?");

  function messageAt({ key }: RoomRow, seq: number): StoredMessage | undefined {
    const row = find(key, seq)[0];
    return row && storedOf(row);
  }

  function store({ key, admin }: RoomRow, message: StoredMessage): void {
    const row = rowOf(message);
    const isIndexed = replace.run(admin, key, row.seq).changes > 0;
    update.run(row.content, row.details, checksumOf(key, row), key, row.seq);
    if (isIndexed) moveKey.run(keys.next(), key, row.seq);
  }

  return {
    refusal(room, draft) {
      try {
        editable(room && messageAt(room, draft.edit.seq), draft);
      } catch (error) {
        if (error instanceof NotEditable) return error;
        throw error;
      }
    },
    apply(room, edit) {
      const text = messageAt(room, edit.details!.edit!.seq)!;
      for (const one of editChanges(text, edit, (seq) => messageAt(room, seq))) store(room, one);
    },
  };
}
