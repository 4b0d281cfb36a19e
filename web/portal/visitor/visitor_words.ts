import { partWords } from "../words/words.ts";

/** Words of the panel about a visitor. Other languages have them in their one table. */
export const { say } = await partWords({
  merge: "Merge another conversation",
  about: "About",
  verified: "Verified",
  unverified: "Not verified",
  verified_hint: "Your website has signed this, and nobody comes in here without that",
  unverified_hint: "The visitor typed this",
  unblock: "Unblock visitor",
  block_title: "Block {name}?",
  block_text:
    "The chat closes for this visitor, and nothing more of theirs arrives. You can undo this here and in the settings.",
  forget: "Delete visitor",
  forget_title: "Delete {name} and all messages?",
  forget_text:
    "The whole conversation is removed for good. Nobody can bring it back, and a search finds nothing of it.",
  delete_for_good: "Delete for good",
  signed_facts: "Signed by your website",
  claimed_facts: "Said by the browser, not verified",
  first_seen: "First seen",
  last_seen: "Last seen",
  now: "Now",
  local_time: "Local time",
  conversations: "Conversations",
});

export type Word = Parameters<typeof say>[0];
