import type { MemberSeen } from "../../protocol/team.ts";
import type { Store } from "../../db/store.ts";
import { may } from "../../chat/permissions.ts";
import { followMembers, membersOf } from "../../chat/team/members.ts";
import { memberSeen } from "../../chat/team/member_seen.ts";
import type { Connection } from "../connection.ts";

/** How long changes are gathered before they are sent. Milliseconds. */
const gatherMs = 150;

interface Surroundings {
  store: Store;
  /** The sockets that receive a workspace's members. */
  subscribers(admin: string): ReadonlySet<Connection>;
  isHere(admin: string, agent: string): boolean;
  onFault(error: unknown): void;
}

interface Followed {
  stop(): void;
  timer?: ReturnType<typeof setTimeout>;
  /** What was told of each member, by id; undefined until the first look. */
  told?: Map<string, string>;
}

/** Tells a workspace's inboxes of members that have changed, came or left. */
export class MemberUpdates {
  #followed = new Map<string, Followed>();

  constructor(readonly surroundings: Surroundings) {}

  /** The workspace has a subscribed inbox here. */
  follow(admin: string): void {
    if (this.#followed.has(admin)) return;
    const stop = followMembers(this.surroundings, admin, () => this.touch(admin));
    this.#followed.set(admin, { stop });
    void this.#look(admin);
  }

  /** The workspace's last subscribed inbox has closed. */
  forget(admin: string): void {
    const followed = this.#followed.get(admin);
    clearTimeout(followed?.timer);
    followed?.stop();
    this.#followed.delete(admin);
  }

  /** A member may have changed, or has come or left. */
  touch(admin: string): void {
    const followed = this.#followed.get(admin);
    if (!followed || followed.timer !== undefined) return;
    followed.timer = setTimeout(() => {
      followed.timer = undefined;
      void this.#look(admin);
    }, gatherMs);
    Deno.unrefTimer(followed.timer);
  }

  close(): void {
    for (const admin of [...this.#followed.keys()]) this.forget(admin);
  }

  async #look(admin: string): Promise<void> {
    const { surroundings } = this, followed = this.#followed.get(admin);
    if (!followed) return;
    try {
      const members = (await membersOf(surroundings, admin)).map((member) =>
        memberSeen(member, { withUsername: true, online: surroundings.isHere(admin, member.id) })
      );
      const before = followed.told;
      followed.told = new Map(members.map((member) => [member.id, JSON.stringify(member)]));
      if (!before) return;
      const changed = members.filter((member) => before.get(member.id) !== followed.told!.get(member.id));
      for (const member of changed) this.#tell(admin, member);
    } catch (error) {
      surroundings.onFault(error);
    }
  }

  #tell(admin: string, member: MemberSeen): void {
    const { username: _, ...withoutName } = member;
    const [whole, part] = [member, withoutName].map((member) =>
      JSON.stringify({ command: "member_updated", member })
    );
    for (const one of this.surroundings.subscribers(admin)) {
      one.sendText(may(one.who, "members") ? whole! : part!);
    }
  }
}
