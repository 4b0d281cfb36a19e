import type { Chat } from "../../chat/chat.ts";
import type { MemberFeeds } from "../channels/member_feeds.ts";
import type { Connection } from "../connection.ts";
import { deskCommand } from "./desk_commands.ts";
import type { Hub } from "../hub.ts";
import { WatchThrottle } from "../presence/watch_throttle.ts";
import type { MemberCommands } from "./member_commands.ts";
import { fetchMentioned, fetchNotices, fetchStaff, note, readNotices } from "./staff_commands.ts";

interface Surroundings {
  chat: Chat;
  hub: Pick<Hub, "watching">;
  feeds: MemberFeeds;
}

/** The commands of a member's socket. */
export function memberCommands({ chat, hub, feeds }: Surroundings, connection: Connection): MemberCommands {
  const { admin } = connection.who;
  const agent = () => connection.who.kind === "admin" ? connection.who.agent.id : "";
  const at = { chat, connection };
  const socket = crypto.randomUUID();
  const watch = new WatchThrottle((watched) =>
    chat.audience.tell({ type: "watching", admin, socket, agent: agent(), ...watched })
  );
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
        case "watch":
          feeds.suggestions.watch(connection, frame.consumer);
          return watch.put({
            consumer: frame.consumer,
            composing: frame.composing && frame.consumer !== null,
          });
        case "fetch_notices":
          return fetchNotices(at, frame);
        case "read_notices":
          return readNotices(at, frame);
        default:
          frame satisfies never;
      }
    },
    fetchMentioned: (frame) => fetchMentioned(at, frame),
    async subscribed() {
      await feeds.follow(admin, agent());
      for (const frame of hub.watching.framesOf(admin)) connection.send(frame);
    },
    ended() {
      watch.close();
      feeds.suggestions.ended(connection);
      feeds.leave(admin);
    },
  };
}
