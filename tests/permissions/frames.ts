import type { Act } from "../../chat/permissions.ts";
import type { Command } from "../../protocol/frames.ts";

/** What a member must be allowed to send a command, a frame that is valid, and whether the room's visitor may send it. */
export interface CommandRule {
  act: Act;
  /** Without command and consumer. */
  frame?: Record<string, unknown>;
  /** Sent over the room socket alone. */
  isOfInbox?: true;
  /** `only`: members may not. */
  visitor?: true | "only";
}

/** Every command of the sockets: a new one needs a line here. */
export const commandRules: Record<Command, CommandRule> = {
  fetch_messages: { act: "read", visitor: true },
  new_message: { act: "write", frame: { message: { content: "hi" } }, visitor: true },
  edit_message: { act: "write", frame: { seq: 1, content: "ho" }, visitor: true },
  delete_message: { act: "write", frame: { seq: 1 }, visitor: true },
  fetch_rooms: { act: "read", isOfInbox: true },
  new_room: { act: "write", isOfInbox: true, visitor: true },
  subscribe: { act: "read", isOfInbox: true },
  typing: { act: "write", frame: { typing: true }, visitor: true },
  read: { act: "write", frame: { seq: 1 }, visitor: true },
  update_room: { act: "write", frame: { status: "resolved" } },
  note: { act: "note", frame: { client_id: "n", text: "a note" } },
  fetch_staff: { act: "read", frame: { limit: 10 } },
  rate: { act: "read", frame: { episode: "x", score: 5 }, visitor: "only" },
  take: { act: "write" },
  assign: { act: "assign", frame: { agent: null, team: null } },
  label: { act: "write", frame: { add: [], drop: [] } },
  snooze: { act: "write", frame: { until: null } },
  availability: { act: "read", frame: { value: "here" }, isOfInbox: true },
  mark_unread: { act: "write" },
  watch: { act: "read" },
  fetch_notices: { act: "read" },
  read_notices: { act: "read", frame: { up_to: 0 } },
};
