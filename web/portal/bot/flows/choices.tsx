import { flowLimits } from "../../../../protocol/flow_text.ts";
import { Button, IconButton } from "../../controls/button.tsx";
import { Field } from "../../controls/field.tsx";
import { Drawing, drawings } from "../controls/drawing.tsx";
import { Pick } from "./fields.tsx";
import type { Step } from "./flow_state.ts";
import { say } from "./words/flow_words.ts";

type Asking = Extract<Step, { do: "ask" }>;

/** The choices of a question, each with the step that it leads to. */
export function Choices({ step, others, set }: { step: Asking; others: string[]; set(step: Step): void }) {
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
            set={(id) => put(choices.map((one, i) => i === n ? { ...one, next: id || undefined } : one))}
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
