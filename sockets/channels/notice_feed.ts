import type { ServerFrame } from "../../protocol/frames.ts";
import { noticeMarksOf, notices, noticesAfter } from "../../db/collections/notices.ts";
import type { Chat } from "../../chat/chat.ts";
import { wireNotices } from "../../chat/staff/notices.ts";
import { CollectionFeed } from "./collection_feed.ts";

/** Notices read per query. */
const pageSize = 50;

interface Surroundings {
  chat: Chat;
  isHeard(workspace: string): boolean;
  /** Ids of the members with subscribed sockets here. */
  agents(workspace: string): Iterable<string>;
  tell(workspace: string, agent: string, frame: ServerFrame): void;
  onFault(error: unknown): void;
}

/** By agent: numbers of the last notice that was told, and of the newest read. */
type Told = Map<string, { head: number; read: number }>;

/** Tells each member's sockets of its new notices, and of those that it has read on another. */
export class NoticeFeed {
  readonly feed: CollectionFeed<Told>;

  constructor(readonly surroundings: Surroundings) {
    const { chat, isHeard, onFault } = surroundings;
    this.feed = new CollectionFeed<Told>({
      ...{ store: chat.store, collection: notices.name, isHeard, onFault },
      begin: () => Promise.resolve(new Map()),
      look: (workspace, told) => this.#look(workspace, told),
    });
  }

  /** A member's first socket subscribes: it is told of what comes after this. @throws {Unavailable} */
  async follow(workspace: string, agent: string): Promise<void> {
    const told = await this.feed.follow(workspace);
    const isOnlyOne = [...this.surroundings.agents(workspace)].filter((id) => id === agent).length < 2;
    if (!told || (told.has(agent) && !isOnlyOne)) return;
    const [mark] = await noticeMarksOf(this.surroundings.chat.store, workspace, [agent]);
    told.set(agent, mark!);
  }

  async #look(workspace: string, told: Told): Promise<void> {
    const { chat, agents } = this.surroundings;
    const here = [...new Set(agents(workspace))].filter((agent) => told.has(agent));
    const marks = await noticeMarksOf(chat.store, workspace, here);
    for (const [i, agent] of here.entries()) await this.#tell(workspace, agent, marks[i]!, told);
  }

  async #tell(
    workspace: string,
    agent: string,
    mark: { head: number; read: number },
    told: Told,
  ): Promise<void> {
    const { chat, tell } = this.surroundings;
    const before = told.get(agent)!;
    for (let { head } = before; head < mark.head;) {
      const page = await noticesAfter(chat.store, { workspace, agent }, head, pageSize);
      for (const notice of await wireNotices(chat, page)) {
        tell(workspace, agent, { command: "notice", notice });
      }
      head = page.length < pageSize ? mark.head : page.at(-1)!.n;
      before.head = Math.max(head, page.at(-1)?.n ?? 0);
    }
    if (before.read === mark.read) return;
    before.read = mark.read;
    tell(workspace, agent, { command: "notices_read", up_to: mark.read });
  }
}
