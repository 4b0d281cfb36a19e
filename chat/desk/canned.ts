import type { CannedPage, CannedPatch, CannedSeen, NewCanned } from "../../protocol/canned.ts";
import { maxCanned, maxOwnCanned, maxPageBytes } from "../../protocol/limits.ts";
import { allCanned, type Canned, canned, changeCanned } from "../../db/collections/canned.ts";
import { teams } from "../../db/collections/teams.ts";
import { newRoomId } from "../../db/room_key.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput, QuotaReached, UnknownCanned } from "../errors.ts";
import { demand, may } from "../permissions.ts";
import type { Agent, Who } from "../who.ts";

/** The member who acts, in its workspace. */
interface Actor {
  workspace: string;
  agent: Agent;
  /** Manages what is shared. */
  isManager: boolean;
}

/** @throws {Forbidden | NotAllowed} */
export function cannedActor(who: Who): Actor {
  const workspace = demand(who, "own_canned");
  if (who.kind !== "admin") throw new Error("unreachable");
  return { workspace, agent: who.agent, isManager: may(who, "content") };
}

/** The canned replies that this member may use, by code: a page of at most 256 KiB. @throws {Forbidden | NotAllowed} */
export async function cannedPage(chat: Chat, who: Who, cursor = ""): Promise<CannedPage> {
  const actor = cannedActor(who);
  const all = (await allCanned(chat.store, actor.workspace)).filter((one) => mayUse(actor, one));
  const rest = all.map(seen).sort(byCode).filter(({ code }) => code > cursor);
  const page: CannedSeen[] = [];
  for (let bytes = 0; page.length < rest.length;) {
    const one = rest[page.length]!;
    bytes += new TextEncoder().encode(JSON.stringify(one)).length + 1;
    if (bytes > maxPageBytes && page.length > 0) break;
    page.push(one);
  }
  return { canned: page, ...(page.length < rest.length && { cursor: page.at(-1)!.code }) };
}

/** The shared replies, and this member's own, for an export. */
export async function* exportedCanned(chat: Chat, who: Who): AsyncGenerator<CannedSeen> {
  const actor = cannedActor(who);
  for await (const one of canned.all(chat.store, actor.workspace)) if (mayUse(actor, one)) yield seen(one);
}

/** @throws {Forbidden | NotAllowed | InvalidInput | QuotaReached} */
export async function addCanned(chat: Chat, who: Who, draft: NewCanned): Promise<CannedSeen> {
  const actor = cannedActor(who), teamIds = await teamIdsOf(chat, actor.workspace);
  const added = await changeCanned(chat.store, actor.workspace, (all) => {
    const one = applied(chat, actor, newCanned(actor), draft);
    checkCanned(actor, one, { all, teamIds });
    return { answer: seen(one), put: [one] };
  });
  await audit(chat, who, { act: "canned_added", target: added.id });
  return added;
}

/** @throws {Forbidden | NotAllowed | InvalidInput | UnknownCanned} */
export async function changeOneCanned(
  chat: Chat,
  who: Who,
  { id, ...patch }: CannedPatch & { id: string },
): Promise<CannedSeen> {
  const actor = cannedActor(who), teamIds = await teamIdsOf(chat, actor.workspace);
  const changed = await changeCanned(chat.store, actor.workspace, (all) => {
    const before = ownedBy(who, actor, all, id);
    const one = applied(chat, actor, before, patch);
    checkCanned(actor, one, { all, teamIds });
    return { answer: seen(one), put: [one] };
  });
  await audit(chat, who, { act: "canned_changed", target: id });
  return changed;
}

/** @throws {Forbidden | NotAllowed | UnknownCanned} */
export async function dropCanned(chat: Chat, who: Who, id: string): Promise<void> {
  const actor = cannedActor(who);
  await changeCanned(chat.store, actor.workspace, (all) => {
    return { answer: undefined, drop: [ownedBy(who, actor, all, id).id] };
  });
  await audit(chat, who, { act: "canned_removed", target: id });
}

/** Counts a use. @throws {Forbidden | NotAllowed | UnknownCanned} */
export async function useCanned(chat: Chat, who: Who, id: string): Promise<void> {
  const actor = cannedActor(who);
  const before = await canned.update(
    chat.store,
    [actor.workspace, id],
    (one) => one && mayUse(actor, one) ? { ...one, used: one.used + 1 } : undefined,
  );
  if (!before || !mayUse(actor, before)) throw new UnknownCanned(id);
}

/** The own replies of a member who has left are deleted. */
export function dropCannedOf(chat: Chat, workspace: string, agent: string): Promise<void> {
  return changeCanned(chat.store, workspace, (all) => ({
    answer: undefined,
    drop: all.filter((one) => one.agent === agent).slice(0, maxOwnCanned - 1).map(({ id }) => id),
  }));
}

export const byCode = (a: { code: string }, b: { code: string }): number => a.code < b.code ? -1 : 1;

/** Whether a member may use a reply: its own, its teams', everybody's; who manages content sees those of all teams. */
export function mayUse({ agent, isManager }: Actor, { scope, team, agent: author }: Canned): boolean {
  if (scope === "own") return author === agent.id;
  return scope === "all" || isManager || agent.teams.includes(team!);
}

/** The reply, if this member may change it. @throws {UnknownCanned} @throws {NotAllowed} for a shared one */
function ownedBy(who: Who, actor: Actor, all: readonly Canned[], id: string): Canned {
  const one = all.find((one) => one.id === id);
  if (!one || !mayUse(actor, one)) throw new UnknownCanned(id);
  if (one.scope !== "own") demand(who, "content");
  return one;
}

export const newCanned = ({ workspace }: Actor): Canned => ({
  ...{ workspace, id: newRoomId(), code: "", title: "", text: "" },
  ...{ scope: "own", used: 0, updated: 0 },
});

/** A reply with a patch applied. The author of one that becomes an own one is the member who acts. */
export function applied(chat: Pick<Chat, "now">, actor: Actor, before: Canned, patch: CannedPatch): Canned {
  const { team: _, agent: __, ...kept } = before;
  const scope = patch.scope ?? before.scope, team = patch.team ?? before.team;
  return {
    ...kept,
    ...Object.fromEntries(
      Object.entries(patch).filter(([name, value]) => name !== "team" && value !== undefined),
    ),
    ...(scope === "team" && team !== undefined && { team }),
    ...(scope === "own" && { agent: actor.agent.id }),
    updated: chat.now(),
  };
}

/**
 * Codes are unique among the shared replies and each member's own, whoever joins which team later.
 * @throws {InvalidInput | QuotaReached}
 */
export function checkCanned(
  { agent, isManager }: Actor,
  one: Canned,
  { all, teamIds }: { all: readonly Canned[]; teamIds: ReadonlySet<string> },
): void {
  const others = all.filter(({ id }) => id !== one.id);
  if (one.scope !== "own" && !isManager) {
    throw new InvalidInput({ scope: "your role here may write replies of its own alone" });
  }
  if (one.scope === "team" && !teamIds.has(one.team ?? "")) {
    throw new InvalidInput({ team: "there is no such team" });
  }
  const isSeenWith = (other: Canned) =>
    other.scope !== "own" || one.scope !== "own" || other.agent === agent.id;
  if (others.some((other) => other.code === one.code && isSeenWith(other))) {
    throw new InvalidInput({ code: "another reply has this code" });
  }
  if (others.length >= maxCanned) throw new QuotaReached("canned replies", maxCanned);
  const own = others.filter((other) => other.scope === "own" && other.agent === agent.id).length;
  if (one.scope === "own" && own >= maxOwnCanned) {
    throw new QuotaReached("canned replies of one agent", maxOwnCanned);
  }
}

export async function teamIdsOf({ store }: Chat, workspace: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const { id } of teams.all(store, workspace)) ids.add(id);
  return ids;
}

/** As the wire shows it; without its author's id, which is the caller's own. */
export function seen({ id, code, title, text, scope, team, used, updated }: Canned): CannedSeen {
  const at = new Date(updated).toISOString();
  return { id, code, title, text, scope, ...(team !== undefined && { team }), used, updated: at };
}
