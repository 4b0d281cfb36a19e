import type { Chat } from "../../chat/chat.ts";
import type { Hub } from "../hub.ts";
import { StaffFeed } from "./staff_feed.ts";

/** What the sockets of a workspace's members are told besides what visitors may know. */
export interface MemberFeeds {
  /** Resolves once this workspace's sockets miss nothing that happens later. @throws {Unavailable} */
  follow(workspace: string): Promise<void>;
  /** A socket has left. */
  leave(workspace: string): void;
  close(): void;
}

export function openMemberFeeds(
  chat: Chat,
  { listeners }: Pick<Hub, "listeners">,
  onFault: (error: unknown) => void,
): MemberFeeds {
  const isHeard = (workspace: string) => listeners.subscribers(workspace).size > 0;
  const { feed } = new StaffFeed({
    ...{ chat, isHeard, onFault },
    tell(workspace, frame) {
      const text = JSON.stringify(frame);
      for (const one of listeners.subscribers(workspace)) one.sendText(text);
    },
  });
  return {
    follow: (workspace) => feed.follow(workspace),
    leave: (workspace) => feed.leave(workspace),
    close: () => feed.close(),
  };
}
