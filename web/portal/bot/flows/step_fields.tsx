import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Field } from "../../controls/field.tsx";
import { useLive } from "../../service/live_context.ts";
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
      <select id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
        {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
      </select>
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
const optional = (value: string) => value === "" ? undefined : value;

/** The fields of one step. `others`: ids of the steps that it may go to. */
export function StepFields({ step, others, set }: { step: Step; others: string[]; set(step: Step): void }) {
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
  const named = (all: readonly { id: string; name: string }[]) =>
    [["", say("flow_choose")], ...all.map(({ id, name }) => [id, name] as const)] as const;
  switch (step.do) {
    case "say":
      return (
        <>
          <Area label={say("flow_text")} value={step.text} set={(text) => set({ ...step, text })} />
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
          {step.as === "choice" && <Choices step={step} set={set} />}
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
            options={named(team.labels.value)}
            set={(label) => set({ ...step, label })}
          />
          {to("flow_next", step.next, (next) => set({ ...step, next }))}
        </>
      );
    case "assign":
      return (
        <>
          <Pick
            label={say("flow_team")}
            value={"team" in step.to ? step.to.team : ""}
            options={named(team.teams.value)}
            set={(id) => set({ ...step, to: { team: id } })}
          />
          {to("flow_next", step.next, (next) => set({ ...step, next }))}
        </>
      );
    case "answer":
      return (
        <Field
          label={say("flow_answer")}
          value={step.answer}
          dir="ltr"
          onInput={(event) => set({ ...step, answer: event.currentTarget.value })}
        />
      );
    case "handoff":
      return (
        <Area
          label={say("flow_text")}
          value={step.text ?? ""}
          set={(text) => set({ ...step, text: optional(text) })}
        />
      );
    case "end":
      return null;
    default:
      return step satisfies never;
  }
}

type Asking = Extract<Step, { do: "ask" }>;

/** A choice keeps where it leads while its line stays. */
function Choices({ step, set }: { step: Asking; set(step: Step): void }) {
  const choices = step.choices ?? [];
  return (
    <Area
      label={say("flow_choices")}
      value={choices.map(({ label }) => label).join("\n")}
      set={(text) =>
        set({
          ...step,
          choices: text === "" ? [] : text.split("\n").map((label, i) => ({ ...choices[i], label })),
        })}
    />
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
