import type { FlowButton, FlowDraft, Step } from "../../protocol/flows.ts";
import { answers } from "../../db/collections/knowledge/answers.ts";
import { flows } from "../../db/collections/flows.ts";
import { labels } from "../../db/collections/labels.ts";
import { teams } from "../../db/collections/teams.ts";
import type { Chat } from "../chat.ts";
import { memberById } from "../team/members.ts";

type Kind = "answer" | "flow" | "label" | "team" | "agent";

/** What a step names beside other steps, and the field that does. */
interface Reference {
  field: string;
  kind: Kind;
  id: string;
}

/** The problem of each step that names an answer, flow, label, team or agent that does not exist, by its path. */
export async function missingReferences(
  { store }: Pick<Chat, "store">,
  workspace: string,
  { steps }: Pick<FlowDraft, "steps">,
): Promise<Record<string, string>> {
  const isThere: Record<Kind, (id: string) => Promise<unknown>> = {
    answer: (id) => answers.get(store, [workspace, id]),
    flow: (id) => flows.get(store, [workspace, id]),
    label: (id) => labels.get(store, [workspace, id]),
    team: (id) => teams.get(store, [workspace, id]),
    agent: (id) => memberById({ store }, workspace, id),
  };
  const named = steps.flatMap((step, at) => referencesOf(step).map((one) => ({ step, at, ...one })));
  const found = await Promise.all(
    named.map(async ({ step, at, field, kind, id }) =>
      await isThere[kind](id) === undefined
        ? [[`steps.${at}.${field}`, `step ${JSON.stringify(step.id)}: there is no such ${kind}`]]
        : []
    ),
  );
  return Object.fromEntries(found.flat());
}

function referencesOf(step: Step): Reference[] {
  switch (step.do) {
    case "say":
      return (step.buttons ?? []).flatMap(buttonReference);
    case "label":
      return [{ field: "label", kind: "label", id: step.label }];
    case "assign":
      return [
        "team" in step.to
          ? { field: "to", kind: "team", id: step.to.team }
          : { field: "to", kind: "agent", id: step.to.agent },
      ];
    case "answer":
      return [{ field: "answer", kind: "answer", id: step.answer }];
    case "handoff":
      return step.team === undefined ? [] : [{ field: "team", kind: "team", id: step.team }];
    default:
      return [];
  }
}

function buttonReference({ do: act }: FlowButton, at: number): Reference[] {
  const field = `buttons.${at}.do`;
  if ("answer" in act) return [{ field, kind: "answer", id: act.answer }];
  return "flow" in act ? [{ field, kind: "flow", id: act.flow }] : [];
}
