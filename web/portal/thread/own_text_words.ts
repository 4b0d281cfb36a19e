import { partWords } from "../words/words.ts";

/** Words of changing an own text. Other languages have them in their one table. */
export const { say } = await partWords({
  change_text: "Change this message",
  edit_text: "Edit",
  make_answer: "Make this an answer",
  delete_text: "Delete",
  delete_text_title: "Delete this message?",
  delete_text_why: "The visitor sees that a message was deleted, and not what it said.",
});
