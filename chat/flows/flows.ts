import type { FlowDraft, FlowList, FlowPatch, FlowSeen } from "../../protocol/flows.ts";
import { flowLimits } from "../../protocol/flow_text.ts";
import { allFlows, changeFlows, type Flow, flows } from "../../db/collections/flows.ts";
import { newRoomId } from "../../db/room_key.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { ChangedMeanwhile, InvalidInput, NoSuch, QuotaReached } from "../errors.ts";
import { demand } from "../permissions.ts";
import type { AdminWho } from "../who.ts";
import { problemsOf } from "./check_flow.ts";
import { missingReferences } from "./check_references.ts";

export { allFlows, type Flow } from "../../db/collections/flows.ts";

/** A flow of a workspace, also one that is off. */
export function flow(
  { store }: Pick<Chat, "store">,
  workspace: string,
  id: string,
): Promise<Flow | undefined> {
  return flows.get(store, [workspace, id]);
}

/** Whether a visitor's first text starts it. */
export const isGreeting = ({ enabled, start }: Flow): boolean => enabled && "greeting" in start;

/** All flows without their steps, by title. @throws {NotAllowed} */
export async function listFlows({ store }: Chat, who: AdminWho): Promise<FlowList> {
  const all = await allFlows(store, demand(who, "read"));
  return {
    flows: all.sort((a, b) => a.title.localeCompare(b.title)).map((one) => {
      const { id, title, start, steps, enabled, version } = one;
      const by = "phrases" in start
        ? "phrases" as const
        : "button" in start
        ? "button" as const
        : "greeting" as const;
      return { id, title, start: by, steps: steps.length, enabled, updated: timeOf(one), version };
    }),
  };
}

/** @throws {NotAllowed | NoSuch} */
export async function readFlow(chat: Chat, who: AdminWho, id: string): Promise<FlowSeen> {
  const known = await flow(chat, demand(who, "read"), id);
  if (!known) throw new NoSuch("flow");
  return flowSeen(known);
}

/** @throws {NotAllowed | InvalidInput | QuotaReached} */
export async function createFlow(chat: Chat, who: AdminWho, draft: FlowDraft): Promise<FlowSeen> {
  const workspace = demand(who, "content");
  await checkFlow(chat, workspace, draft);
  const made: Flow = { workspace, id: newRoomId(), ...draft, ...touched(chat, who), version: 1 };
  await changeFlows(chat.store, workspace, (all) => {
    if (all.length >= flowLimits.flows) throw new QuotaReached("flows", flowLimits.flows);
    checkAmong(all, made);
    return { answer: undefined, put: made };
  });
  await audit(chat, who, { act: "flow_created", target: made.id, detail: { title: made.title } });
  return flowSeen(made);
}

/** What is not given stays. @throws {NotAllowed | InvalidInput | NoSuch | ChangedMeanwhile} */
export async function changeFlow(
  chat: Chat,
  who: AdminWho,
  { id, version, ...patch }: FlowPatch & { id: string },
): Promise<FlowSeen> {
  const workspace = demand(who, "content");
  const before = await knownFlow(chat, { workspace, id, version });
  // Switching a flow off is possible while what it names is gone.
  if (Object.keys(patch).some((field) => field !== "enabled")) {
    await checkFlow(chat, workspace, { ...before, ...patch });
  }
  const changed = await changeFlows(chat.store, workspace, (all) => {
    const now = all.find((one) => one.id === id);
    if (!now) throw new NoSuch("flow");
    if (now.version !== version) throw new ChangedMeanwhile("flow");
    const put: Flow = { ...now, ...patch, ...touched(chat, who), version: version + 1 };
    checkAmong(all, put);
    return { answer: put, put };
  });
  const detail = { title: changed.title, fields: Object.keys(patch) };
  await audit(chat, who, { act: "flow_changed", target: id, detail });
  return flowSeen(changed);
}

/** @throws {NotAllowed | NoSuch} */
export async function deleteFlow(chat: Chat, who: AdminWho, id: string): Promise<void> {
  const title = await changeFlows(chat.store, demand(who, "content"), (all) => {
    const gone = all.find((one) => one.id === id);
    if (!gone) throw new NoSuch("flow");
    return { answer: gone.title, drop: id };
  });
  await audit(chat, who, { act: "flow_deleted", target: id, detail: { title } });
}

/** Checks a flow that is to be saved or tried. @throws {InvalidInput} which names each wrong step */
export async function checkFlow(
  chat: Pick<Chat, "store">,
  workspace: string,
  draft: Omit<FlowDraft, "enabled">,
): Promise<void> {
  const wrong = problemsOf(draft);
  const missing = await missingReferences(chat, workspace, draft);
  if (Object.keys(wrong).length + Object.keys(missing).length > 0) {
    throw new InvalidInput({ ...missing, ...wrong });
  }
}

async function knownFlow(
  chat: Chat,
  { workspace, id, version }: { workspace: string; id: string; version: number },
): Promise<Flow> {
  const known = await flow(chat, workspace, id);
  if (!known) throw new NoSuch("flow");
  if (known.version !== version) throw new ChangedMeanwhile("flow");
  return known;
}

/** @throws {InvalidInput} */
function checkAmong(all: readonly Flow[], one: Flow): void {
  const others = all.filter(({ id }) => id !== one.id);
  if (others.some(({ title }) => title === one.title)) {
    throw new InvalidInput({ title: "another flow is called this" });
  }
  const greeting = isGreeting(one) ? others.find(isGreeting) : undefined;
  if (greeting) {
    throw new InvalidInput({
      start: `${JSON.stringify(greeting.title)} greets visitors already; switch that off first`,
    });
  }
}

const touched = (chat: Chat, who: AdminWho) => ({ updated: chat.now(), by: who.agent.id });
const timeOf = ({ updated }: Flow) => new Date(updated).toISOString();

function flowSeen({ workspace: _, ...seen }: Flow): FlowSeen {
  return { ...seen, updated: new Date(seen.updated).toISOString() };
}
