import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../../controls/button.tsx";
import { Confirm } from "../../controls/confirm.tsx";
import { Field } from "../../controls/field.tsx";
import { useLive } from "../../service/live_context.ts";
import { failureWords } from "../../words/failure_words.ts";
import { PartHead } from "../controls/part_head.tsx";
import { type BotPartProps, tabPath } from "../tabs.ts";
import { problemWords } from "./problem_words.ts";
import { editingOf, type FlowDraft } from "./flow_state.ts";
import { Area, Check, Pick } from "./fields.tsx";
import { StepCard } from "./step_card.tsx";
import { TryOut } from "./try_out.tsx";
import { say } from "./words/flow_words.ts";

/** A flow: its steps as a list, and its try-out beside it. */
export function FlowEditor(
  { id, starter, mayEdit, go }: Omit<BotPartProps, "item"> & { id?: string; starter?: FlowDraft },
) {
  const { username, workspace } = useLive();
  const editing = useMemo(() => editingOf({ username, workspace, id }, starter), []);
  const [isDeleting, setDeleting] = useState(false), form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    void editing.open();
    return () => editing.close();
  }, []);
  const draft = editing.draft.value, { start } = draft, problems = editing.problems.value;
  const save = async (event: Event) => {
    event.preventDefault();
    const isNew = editing.id === undefined, saved = await editing.save();
    if (saved !== undefined && isNew) history.replaceState(null, "", tabPath("flows", saved));
    else if (saved === undefined) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(".flow-wrong")?.focus());
    }
  };
  if (editing.state.value === "loading") {
    return (
      <div class="bot-column" aria-busy="true">
        <PartHead title={say("flow_title")} />
      </div>
    );
  }
  if (editing.state.value === "failed") {
    return (
      <div class="bot-column">
        <PartHead title={say("flow_title")} />
        <p class="problem" role="alert">{failureWords(editing.error.value)}</p>
      </div>
    );
  }
  const own = Object.entries(problems).filter(([field]) => !field.startsWith("steps."));
  return (
    <div class="bot-column flow">
      <form ref={form} onSubmit={save} class="flow-form">
        <a href={tabPath("flows")}>{say("flow_back")}</a>
        <PartHead title={draft.title || say("flow_new")} />
        <fieldset disabled={!mayEdit} class="flow-fields">
          <Field
            label={say("flow_name")}
            value={draft.title}
            dir="auto"
            problem={problems.title && problemWords(problems.title)}
            onInput={(event) => editing.edit({ title: event.currentTarget.value })}
          />
          <Pick
            label={say("flow_start")}
            value={"phrases" in start ? "phrases" : "button" in start ? "button" : "greeting"}
            options={(["phrases", "button", "greeting"] as const).map((one) => [one, say(`flow_${one}`)])}
            set={(one) =>
              editing.edit({
                start: one === "phrases"
                  ? { phrases: [] }
                  : one === "button"
                  ? { button: true }
                  : { greeting: true },
              })}
          />
          {"phrases" in start && (
            <Area
              label={say("flow_phrase_list")}
              value={start.phrases.join("\n")}
              set={(text) => editing.edit({ start: { phrases: text === "" ? [] : text.split("\n") } })}
            />
          )}
          <Check
            label={say("flow_on")}
            on={draft.enabled}
            set={(enabled) => editing.edit({ enabled })}
          />
        </fieldset>
        <ol class="flow-steps">
          {draft.steps.map((step, at) => (
            <StepCard key={at} editing={editing} step={step} at={at} mayEdit={mayEdit} />
          ))}
        </ol>
        {mayEdit && (
          <Button onClick={() => editing.addStep()} busy={draft.steps.length >= 30}>{say("flow_add")}</Button>
        )}
        {own.filter(([field]) => field !== "title").map(([field, problem]) => (
          <p class="problem" key={field}>{problemWords(problem)}</p>
        ))}
        {editing.isConflict.value
          ? (
            <div role="alert" class="flow-told">
              <p>{say("flow_conflict")}</p>
              <Button onClick={() => void editing.load()}>{say("flow_theirs")}</Button>
              <Button onClick={() => void editing.saveOver()}>{say("flow_mine")}</Button>
            </div>
          )
          : editing.error.value !== undefined && (
            <p class="problem" role="alert">{failureWords(editing.error.value)}</p>
          )}
        {mayEdit && (
          <div class="flow-told">
            <Button kind="main" type="submit" busy={editing.isBusy.value}>{say("flow_save")}</Button>
            {editing.id !== undefined && (
              <Button kind="danger" onClick={() => setDeleting(true)}>{say("flow_delete")}</Button>
            )}
            {editing.isChanged.value && (
              <Button kind="quiet" onClick={() => editing.discard()}>{say("flow_discard")}</Button>
            )}
            <span role="status">
              {editing.isChanged.value ? say("flow_unsaved") : editing.isSaved.value && say("flow_saved")}
            </span>
          </div>
        )}
      </form>
      {mayEdit && <TryOut editing={editing} />}
      {isDeleting && (
        <Confirm
          title={draft.title}
          text={say("flow_delete_text")}
          yes={say("flow_delete")}
          act={async () => {
            await editing.remove();
            editing.discard();
            go(tabPath("flows"));
          }}
          close={() => setDeleting(false)}
        />
      )}
    </div>
  );
}
