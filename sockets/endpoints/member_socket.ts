import type { Chat } from "../../chat/chat.ts";
import type { MemberFeeds } from "../channels/member_feeds.ts";
import type { Connection } from "../connection.ts";
import { deskCommand } from "./desk_commands.ts";
import type { MemberCommands } from "./member_commands.ts";
import { fetchStaff, note } from "./staff_commands.ts";

/** The commands of a member's socket. */
export function memberCommands(
  chat: Chat,
  feeds: MemberFeeds,
  connection: Connection,
): MemberCommands {
  const { admin } = connection.who;
  const at = { chat, connection };
  return {
    handle(frame) {
      switch (frame.command) {
        case "note":
          return note(at, frame);
        case "fetch_staff":
          return fetchStaff(at, frame);
        case "availability":
        case "take":
        case "assign":
        case "label":
        case "snooze":
        case "mark_unread":
          return deskCommand(at, frame);
        default:
          frame satisfies never;
      }
    },
    subscribed: () => feeds.follow(admin),
    ended: () => feeds.leave(admin),
  };
}
