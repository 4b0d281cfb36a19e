import type { ServerFrame } from "../../protocol/frames.ts";
import type { Chat } from "../../chat/chat.ts";
import { unreadMentions } from "../../chat/staff/notices.ts";
import type { Connection } from "../connection.ts";
import type { Hub } from "../hub.ts";
import { NoticeFeed } from "./notice_feed.ts";
import { Suggestions } from "./suggestions.ts";
import { StaffFeed } from "./staff_feed.ts";

/** What the sockets of a workspace's members are told besides what visitors may know. */
export interface MemberFeeds {
  /** This member's socket has subscribed. Resolves once it misses nothing that happens later. @throws {Unavailable} */
  follow(workspace: string, agent: string): Promise<void>;
  readonly suggestions: Suggestions;
  /** A socket has left. */
  leave(workspace: string): void;
  close(): void;
}

export function openMemberFeeds(
  chat: Chat,
  hub: Pick<Hub, "listeners" | "touchCounts" | "unreadMentions" | "onMessage">,
  onFault: (error: unknown) => void,
): MemberFeeds {
  const subscribers = (workspace: string) => hub.listeners.subscribers(workspace);
  const isHeard = (workspace: string) => subscribers(workspace).size > 0;
  hub.unreadMentions = (workspace, agent) => unreadMentions(chat, workspace, agent);
  const surroundings = { chat, isHeard, onFault };
  const staff = new StaffFeed({
    ...surroundings,
    tell: (workspace, frame) => sendAll(subscribers(workspace), frame),
  });
  const notices = new NoticeFeed({
    ...surroundings,
    agents: (workspace) => [...subscribers(workspace)].flatMap((one) => agentOf(one) ?? []),
    tell(workspace, agent, frame) {
      sendAll([...subscribers(workspace)].filter((one) => agentOf(one) === agent), frame);
      hub.touchCounts(workspace);
    },
  });
  const suggestions = new Suggestions(chat, onFault);
  hub.onMessage = (key, message) => suggestions.heard(key, message);
  return {
    suggestions,
    async follow(workspace, agent) {
      await Promise.all([staff.feed.follow(workspace), notices.follow(workspace, agent)]);
    },
    leave(workspace) {
      staff.feed.leave(workspace);
      notices.feed.leave(workspace);
    },
    close() {
      staff.feed.close();
      notices.feed.close();
    },
  };
}

const agentOf = ({ who }: Connection) => who.kind === "admin" ? who.agent.id : undefined;

function sendAll(connections: Iterable<Connection>, frame: ServerFrame): void {
  const text = JSON.stringify(frame);
  for (const one of connections) one.sendText(text);
}
