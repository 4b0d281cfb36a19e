import { partWords } from "../words/words.ts";

/** Words of the help on shortcuts. Other languages have them in their one table. */
export const { say } = await partWords({
  key_next: "Next conversation",
  key_previous: "Previous conversation",
  key_open: "Open it",
  key_reply: "Reply",
  key_resolve: "Resolve or reopen",
  key_note: "Note for the team",
  key_assign: "Assign",
  key_label: "Label",
  key_snooze: "Snooze",
  key_unread: "Mark as unread",
  key_pick: "Select for several at once",
  key_undo: "Undo what was just done",
  key_canned: "Canned reply, while writing",
  key_mention: "Colleague, in a note",
  key_search: "Search",
  key_help: "This list",
  key_back: "Back",
  key_send: "Send",
  key_break: "New line",
});

export type Word = Parameters<typeof say>[0];
