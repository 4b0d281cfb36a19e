import { Button } from "../../controls/button.tsx";
import { Field } from "../../controls/field.tsx";
import { Pick } from "./fields.tsx";
import type { FlowEditing, Step } from "./flow_state.ts";
import { problemWords } from "./problem_words.ts";
import { StepFields } from "./step_fields.tsx";
import { stepOf } from "./step_of.ts";
import { say } from "./words/flow_words.ts";

const kinds = ["say", "ask", "set", "if", "label", "assign", "answer", "handoff", "end"] as const;

/** A step in the list, with what is wrong with it. */
export function StepCard(
  { editing, step, at, mayEdit }: { editing: FlowEditing; step: Step; at: number; mayEdit: boolean },
) {
  const { steps } = editing.draft.value, prefix = `steps.${at}.`;
  const own = Object.entries(editing.problems.value).filter(([field]) => field.startsWith(prefix));
  const wrong = Object.fromEntries(own.map(([field, text]) => [field.slice(prefix.length), text]));
  const problems = [...new Set(Object.values(wrong).map(problemWords))];
  const isWrong = problems.length > 0, told = `flow-problem-${at}`;
  const others = steps.map(({ id }) => id).filter((id) => id !== step.id);
  return (
    <li>
      <fieldset
        disabled={!mayEdit}
        class={`flow-step ${isWrong ? "flow-wrong" : ""}`}
        tabIndex={-1}
        aria-describedby={isWrong ? told : undefined}
      >
        <legend>{say("flow_step", { n: at + 1, do: say(`flow_${step.do}`) })}</legend>
        {isWrong && <p class="problem" id={told}>{problems.join(" · ")}</p>}
        <Pick
          label={say("flow_kind")}
          value={step.do}
          options={kinds.map((kind) => [kind, say(`flow_${kind}`)])}
          set={(kind) => editing.editStep(at, stepOf(kind as Step["do"], step))}
        />
        <StepFields
          step={step}
          others={others}
          mayEdit={mayEdit}
          wrong={wrong}
          set={(next) => editing.editStep(at, next)}
        />
        <Field
          label={say("flow_id")}
          value={step.id}
          dir="ltr"
          onInput={(event) => editing.editStep(at, { ...step, id: event.currentTarget.value })}
        />
        {mayEdit && (
          <div class="flow-told">
            <Button kind="quiet" busy={at === 0} onClick={() => editing.moveStep(at, -1)}>
              {say("flow_up")}
            </Button>
            <Button kind="quiet" busy={at === steps.length - 1} onClick={() => editing.moveStep(at, 1)}>
              {say("flow_down")}
            </Button>
            <Button kind="quiet" busy={steps.length === 1} onClick={() => editing.removeStep(at)}>
              {say("flow_remove", { n: at + 1 })}
            </Button>
          </div>
        )}
      </fieldset>
    </li>
  );
}
