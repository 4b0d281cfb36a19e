import type { Chat } from "../../chat/chat.ts";
import type { Connection } from "../connection.ts";
import type { MemberCommands } from "./member_commands.ts";
import { fetchStaff, note } from "./staff_commands.ts";

/** The commands of a member's socket. */
export function memberCommands(chat: Chat, connection: Connection): MemberCommands {
  const at = { chat, connection };
  return {
    handle(frame) {
      switch (frame.command) {
        case "note":
          return note(at, frame);
        case "fetch_staff":
          return fetchStaff(at, frame);
        default:
          frame satisfies never;
      }
    },
    async subscribed() {},
    ended() {},
  };
}
