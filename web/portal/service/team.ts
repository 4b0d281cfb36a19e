import { computed, signal } from "@preact/signals";
import type { LabelSeen, TeamSeen } from "../../../protocol/desk.ts";
import type { ServerFrame } from "../../../protocol/frames.ts";
import type { MemberSeen, MembersSeen, NotifyRule } from "../../../protocol/team.ts";
import { storagePrefix } from "./account_storage.ts";
import { call, CallFailed } from "./calls.ts";
import { loadWorkspaces } from "./workspace.ts";

export type { MemberSeen };

/** Who answers in a workspace: its members, teams and labels, followed live. */
export class Team {
  readonly members = signal<readonly MemberSeen[]>([]);
  readonly teams = signal<readonly TeamSeen[]>([]);
  readonly labels = signal<readonly LabelSeen[]>([]);
  /** What this member is told about. */
  readonly notify = signal<NotifyRule | undefined>(undefined);
  readonly isLoaded = signal(false);
  readonly #ownId = signal<string | undefined>(undefined);
  /** The member that this tab acts as. */
  readonly you = computed(() => this.member(this.#ownId.value));
  readonly #key: string;
  readonly #wasShared: boolean;
  /** There is somebody to assign to. Until that is known, as it was when this browser saw the workspace last. */
  readonly isShared = computed(() => {
    if (this.members.value.length === 0) return this.#wasShared;
    return this.members.value.length > 1 || this.teams.value.length > 0;
  });

  constructor(readonly account: string, readonly workspace: string) {
    this.#key = `${storagePrefix(account, workspace)}shared`;
    this.#wasShared = remembered(this.#key);
  }

  member(id: string | undefined): MemberSeen | undefined {
    return this.members.value.find((member) => member.id === id);
  }

  team(id: string | undefined): TeamSeen | undefined {
    return this.teams.value.find((team) => team.id === id);
  }

  label(id: string | undefined): LabelSeen | undefined {
    return this.labels.value.find((label) => label.id === id);
  }

  /** Loads everything; what cannot be loaded now stays as it was. */
  async load(): Promise<void> {
    await Promise.all([
      loadWorkspaces(this.account),
      this.loadMembers(),
      this.loadTeams(),
      this.loadLabels(),
    ].map((loading) => loading.catch(whereUnavailable)));
    this.isLoaded.value = true;
    remember(this.#key, this.isShared.value);
  }

  async loadMembers(): Promise<void> {
    const { members, you, notify } = await call<MembersSeen>(
      "GET",
      "/messages/api/members",
    );
    this.members.value = members;
    this.#ownId.value = you;
    this.notify.value = notify;
  }

  async loadTeams(): Promise<void> {
    this.teams.value = (await call<{ teams: TeamSeen[] }>("GET", "/messages/api/teams")).teams;
  }

  async loadLabels(): Promise<void> {
    this.labels.value = (await call<{ labels: LabelSeen[] }>("GET", "/messages/api/labels")).labels;
  }

  heard(frame: ServerFrame): void {
    // What changed while the connection was lost is loaded again.
    if (frame.command === "welcome") void this.load();
    if (frame.command === "member_updated") this.put(frame.member);
  }

  /** Applies a member as sent by the service. */
  put(member: MemberSeen): void {
    const others = this.members.value;
    const isKnown = others.some(({ id }) => id === member.id);
    this.members.value = isKnown
      ? others.map((other) => other.id === member.id ? { ...other, ...member } : other)
      : [...others, member];
  }
}

/** The next `welcome` loads again. */
function whereUnavailable(error: unknown): void {
  if (!(error instanceof CallFailed)) throw error;
}

function remembered(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function remember(key: string, isSo: boolean): void {
  try {
    if (isSo) localStorage.setItem(key, "1");
    else localStorage.removeItem(key);
  } catch {
    // Then the page begins as for one who answers alone.
  }
}
