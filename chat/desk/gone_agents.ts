import type { Member } from "../../db/collections/members.ts";
import type { Chat } from "../chat.ts";
import { membersOf } from "../team/members.ts";
import { releaseRooms } from "./release.ts";

/** How long visitors wait for an agent who has gone. Milliseconds. */
export const goneMs = 15 * 60_000;

/** Gives rooms whose visitors wait back to the queue once their agent has been gone for long. */
export class GoneAgents {
  /** When an agent was first seen to be gone, by workspace and id. Milliseconds since 1970. */
  #since = new Map<string, number>();

  constructor(readonly chat: Chat) {}

  /** To be called now and then for each workspace that has members here. @throws {Unavailable} */
  async look(workspace: string): Promise<void> {
    const members = await membersOf(this.chat, workspace);
    if (members.length < 2) return;
    for (const member of members) {
      if (!this.#isGone(member)) continue;
      await releaseRooms(this.chat, workspace, member.id, "gone", (room) => room.waitingSince !== undefined);
    }
  }

  #isGone({ workspace, id, availability }: Member): boolean {
    const key = `${workspace} ${id}`;
    if (availability !== "off" && this.chat.audience.isAgentHere(workspace, id)) {
      this.#since.delete(key);
      return false;
    }
    const now = this.chat.now(), since = this.#since.get(key) ?? now;
    this.#since.set(key, since);
    return now - since >= goneMs;
  }
}
