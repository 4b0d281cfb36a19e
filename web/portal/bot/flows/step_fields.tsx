import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId } from "preact/hooks";
import { flowLimits } from "../../../../protocol/flow_text.ts";
import { Button, IconButton } from "../../controls/button.tsx";
import { Field } from "../../controls/field.tsx";
import { useLive } from "../../service/live_context.ts";
import { locale } from "../../words/words.ts";
import { AnswerButtons } from "../answers/answer_buttons.tsx";
import { Drawing, drawings } from "../controls/drawing.tsx";
import { answerTitles } from "../state/titles.ts";
import type { Step } from "./flow_state.ts";
import { type FlowWord, say } from "./words/flow_words.ts";

interface PickProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  set(value: string): void;
}

/** A labelled choice of one. */
export function Pick({ label, value, options, set }: PickProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="bot-select">
        <select id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
          {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
        </select>
      </span>
    </div>
  );
}

interface AreaProps {
  label: string;
  value: string;
  hint?: ComponentChildren;
  set(value: string): void;
}

/** A labelled text of several lines. */
export function Area({ label, value, hint, set }: AreaProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={2}
        dir="auto"
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onInput={(event) => set(event.currentTarget.value)}
      />
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

const kinds = ["text", "email", "phone", "number", "choice"] as const;
const tests = ["hours", "online", "language", "var"] as const;
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
          <Test step={step} set={set} />
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

type Named = readonly (readonly [id: string, name: string])[];

/** What can be chosen, with what is chosen and exists no more. */
const withGone = (all: Named, id: string | undefined): Named =>
  id && all.every(([other]) => other !== id) ? [...all, [id, say("flow_gone")]] : all;

const titles = signal<Named | undefined>(undefined);

/** An answer, by its title. */
function PickAnswer({ id, set }: { id: string; set(id: string): void }) {
  useEffect(() => {
    answerTitles().then((all) => titles.value = all, () => {});
  }, []);
  const all = titles.value;
  // Until the titles are there nothing is said to be gone.
  const known: Named = all ? withGone(all, id) : id ? [[id, "…"]] : [];
  return (
    <Pick
      label={say("flow_answer")}
      value={id}
      options={[["", say("flow_choose")], ...known]}
      set={set}
    />
  );
}

type Asking = Extract<Step, { do: "ask" }>;

/** The choices of a question, each with the step that it leads to. */
function Choices({ step, others, set }: { step: Asking; others: string[]; set(step: Step): void }) {
  const choices = step.choices ?? [];
  const put = (choices: Asking["choices"]) => set({ ...step, choices });
  return (
    <div class="bot-buttons" role="group" aria-label={say("flow_choices")}>
      <span class="bot-label" aria-hidden="true">{say("flow_choices")}</span>
      {choices.map((choice, n) => (
        <div class="flow-choice" key={n} role="group" aria-label={say("flow_choice", { n: n + 1 })}>
          <Field
            label={say("flow_choice", { n: n + 1 })}
            value={choice.label}
            maxLength={40}
            dir="auto"
            onInput={({ currentTarget: { value } }) =>
              put(choices.map((one, i) =>
                i === n ? { ...one, label: value } : one
              ))}
          />
          <Pick
            label={say("flow_next")}
            value={choice.next ?? ""}
            options={[
              ["", say("flow_choice_next")],
              ...others.map((id) =>
                [id, id] as const
              ),
            ]}
            set={(id) => put(choices.map((one, i) => i === n ? { ...one, next: optional(id) } : one))}
          />
          <IconButton
            icon="close"
            label={say("flow_drop_choice", { n: n + 1 })}
            onClick={() => put(choices.filter((_, i) => i !== n))}
          />
        </div>
      ))}
      {choices.length < flowLimits.buttons && (
        <Button
          kind="quiet"
          onClick={() => put([...choices, { label: "" }])}
        >
          <Drawing shape={drawings.add} /> {say("flow_add_choice")}
        </Button>
      )}
    </div>
  );
}

function Test({ step, set }: { step: Extract<Step, { do: "if" }>; set(step: Step): void }) {
  const { test } = step, kind = tests.find((name) => name in test)!;
  const fresh = (name: string): typeof test =>
    name === "hours"
      ? { hours: "open" }
      : name === "online"
      ? { online: true }
      : name === "language"
      ? { language: "en" }
      : { var: "answer1", is: "" };
  return (
    <>
      <Pick
        label={say("flow_test")}
        value={kind}
        options={tests.map((name) => [name, say(`flow_test_${name}`)])}
        set={(name) => set({ ...step, test: fresh(name) })}
      />
      {"var" in test && (
        <>
          <Field
            label={say("flow_into")}
            value={test.var}
            dir="ltr"
            onInput={(event) => set({ ...step, test: { ...test, var: event.currentTarget.value } })}
          />
          <Field
            label={say("flow_value")}
            value={test.is}
            dir="auto"
            onInput={(event) => set({ ...step, test: { ...test, is: event.currentTarget.value } })}
          />
        </>
      )}
      {"language" in test && (
        <Field
          label={say("flow_value")}
          value={test.language}
          dir="ltr"
          onInput={(event) => set({ ...step, test: { language: event.currentTarget.value } })}
        />
      )}
    </>
  );
}

/** A new step of this kind, under the same name. */
export function stepOf(kind: Step["do"], { id }: Step): Step {
  switch (kind) {
    case "say":
      return { id, do: kind, text: "" };
    case "ask":
      return { id, do: kind, text: "", into: "answer1", as: "text", tries: 2 };
    case "set":
      return { id, do: kind, name: "answer1", value: "" };
    case "if":
      return { id, do: kind, test: { hours: "open" } };
    case "label":
      return { id, do: kind, label: "" };
    case "assign":
      return { id, do: kind, to: { team: "" } };
    case "answer":
      return { id, do: kind, answer: "" };
    case "handoff":
    case "end":
      return { id, do: kind };
    default:
      return kind satisfies never;
  }
}

/** A labelled box to tick. */
export function Check({ label, on, set }: { label: string; on: boolean; set(on: boolean): void }) {
  return (
    <label class="flow-check">
      <input type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} /> {label}
    </label>
  );
}
