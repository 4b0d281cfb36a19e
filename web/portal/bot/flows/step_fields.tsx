import { Field } from "../../controls/field.tsx";
import { useLive } from "../../service/live_context.ts";
import { locale } from "../../words/words.ts";
import { AnswerButtons } from "../answers/answer_buttons.tsx";
import { Choices } from "./choices.tsx";
import { Area, Pick } from "./fields.tsx";
import type { Step } from "./flow_state.ts";
import { PickAnswer, withGone } from "./pick_answer.tsx";
import { TestFields } from "./test_fields.tsx";
import { type FlowWord, say } from "./words/flow_words.ts";

const kinds = ["text", "email", "phone", "number", "choice"] as const;
const tries = [1, 2, 3, 4, 5];
const optional = (value: string) => value === "" ? undefined : value;

interface StepFieldsProps {
  step: Step;
  /** Ids of the steps that it may go to. */
  others: string[];
  mayEdit: boolean;
  /** Problems, by the step's own fields. */
  wrong: Record<string, string>;
  set(step: Step): void;
}

/** The fields of one step. */
export function StepFields({ step, others, mayEdit, wrong, set }: StepFieldsProps) {
  const { team } = useLive();
  const to = (
    label: FlowWord,
    value: string | undefined,
    put: (id?: string) => void,
    none: FlowWord = "flow_below",
  ) => (
    <Pick
      label={say(label)}
      value={value ?? ""}
      options={[["", say(none)], ...others.map((id) => [id, id] as const)]}
      set={(id) => put(optional(id))}
    />
  );
  const teams = team.teams.value.map(({ id, name }) => [id, name] as const);
  const labels = team.labels.value.map(({ id, name }) => [id, name] as const);
  /** Teams and members, by what a step names them as. */
  const hands = (now: Assigned) => [
    ["team:", say("flow_choose")] as const,
    ...withGone([
      ...teams.map(([id, name]) => [`team:${id}`, name] as const),
      ...team.members.value.map(({ id, name, username }) => [`agent:${id}`, name || username || id] as const),
    ], "team" in now ? now.team && `team:${now.team}` : `agent:${now.agent}`),
  ];
  switch (step.do) {
    case "say":
      return (
        <>
          <Area
            label={say("flow_text")}
            hint={say("flow_text_hint")}
            value={step.text}
            set={(text) => set({ ...step, text })}
          />
          <AnswerButtons
            buttons={step.buttons ?? []}
            mayEdit={mayEdit}
            wrong={wrong}
            set={(buttons) => set({ ...step, buttons: buttons.length > 0 ? buttons : undefined })}
          />
          {to("flow_next", step.next, (next) => set({ ...step, next }))}
        </>
      );
    case "ask":
      return (
        <>
          <Area label={say("flow_text")} value={step.text} set={(text) => set({ ...step, text })} />
          <Pick
            label={say("flow_as")}
            value={step.as}
            options={kinds.map((kind) => [kind, say(`flow_as_${kind}`)])}
            set={(as) =>
              set({ ...step, as: as as typeof step.as, choices: as === "choice" ? [] : undefined })}
          />
          <Field
            label={say("flow_into")}
            value={step.into}
            dir="ltr"
            onInput={(event) => set({ ...step, into: event.currentTarget.value })}
          />
          {step.as === "choice" && <Choices step={step} others={others} set={set} />}
          <Pick
            label={say("flow_tries")}
            value={String(step.tries)}
            options={tries.map((n) => [String(n), new Intl.NumberFormat(locale()).format(n)])}
            set={(n) => set({ ...step, tries: Number(n) })}
          />
          {to("flow_next", step.next, (next) => set({ ...step, next }))}
          {to("flow_or", step.or, (or) => set({ ...step, or }), "flow_or_none")}
        </>
      );
    case "set":
      return (
        <>
          <Field
            label={say("flow_into")}
            value={step.name}
            dir="ltr"
            onInput={(event) => set({ ...step, name: event.currentTarget.value })}
          />
          <Field
            label={say("flow_value")}
            value={step.value}
            dir="auto"
            onInput={(event) => set({ ...step, value: event.currentTarget.value })}
          />
          {to("flow_next", step.next, (next) => set({ ...step, next }))}
        </>
      );
    case "if":
      return (
        <>
          <TestFields step={step} set={set} />
          {to("flow_next", step.then, (then) => set({ ...step, then }))}
          {to("flow_else", step.else, (id) => set({ ...step, else: id }))}
        </>
      );
    case "label":
      return (
        <>
          <Pick
            label={say("flow_label")}
            value={step.label}
            options={[["", say("flow_choose")], ...withGone(labels, step.label)]}
            set={(label) => set({ ...step, label })}
          />
          {to("flow_next", step.next, (next) => set({ ...step, next }))}
        </>
      );
    case "assign":
      return (
        <>
          <Pick
            label={say("flow_to")}
            value={"team" in step.to ? `team:${step.to.team}` : `agent:${step.to.agent}`}
            options={hands(step.to)}
            set={(value) => set({ ...step, to: handOf(value) })}
          />
          {to("flow_next", step.next, (next) => set({ ...step, next }))}
        </>
      );
    case "answer":
      return <PickAnswer id={step.answer} set={(answer) => set({ ...step, answer })} />;
    case "handoff":
      return (
        <>
          <Pick
            label={say("flow_team")}
            value={step.team ?? ""}
            options={[["", say("flow_anyone")], ...withGone(teams, step.team)]}
            set={(team) => set({ ...step, team: optional(team) })}
          />
          <Area
            label={say("flow_text")}
            value={step.text ?? ""}
            set={(text) => set({ ...step, text: optional(text) })}
          />
        </>
      );
    case "end":
      return null;
    default:
      return step satisfies never;
  }
}

type Assigned = Extract<Step, { do: "assign" }>["to"];
const handOf = (value: string): Assigned =>
  value.startsWith("agent:") ? { agent: value.slice(6) } : { team: value.slice(5) };
