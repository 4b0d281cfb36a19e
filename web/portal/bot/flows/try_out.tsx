import { useState } from "preact/hooks";
import { Button } from "../../controls/button.tsx";
import { Field } from "../../controls/field.tsx";
import { Check } from "./fields.tsx";
import type { FlowEditing } from "./flow_state.ts";
import { say } from "./words/flow_words.ts";

/** Talks to the flow as it is now, saved or not. */
export function TryOut({ editing }: { editing: FlowEditing }) {
  const [text, setText] = useState("");
  const done = editing.done.value, lines = editing.tried.value;
  const isWrong = Object.keys(editing.problems.value).some((field) => field.startsWith("steps"));
  const send = (event: Event) => {
    event.preventDefault();
    if (text.trim() === "" || done !== undefined) return;
    editing.answer(text);
    setText("");
  };
  return (
    <section class="flow-try" aria-labelledby="flow-try-title">
      <h2 id="flow-try-title">{say("flow_try")}</h2>
      <Check
        label={say("flow_try_open")}
        on={editing.isOpen.value}
        set={(isOpen) => editing.setOpen(isOpen)}
      />
      <ol class="flow-talk" aria-live="polite">
        {lines.map((line, i) => (
          <li key={i} class={`flow-line ${line.from}`}>
            <p dir="auto">{line.text}</p>
            {i === lines.length - 1 && line.buttons?.map(({ id, label }) => (
              <Button
                key={id}
                onClick={() => id.startsWith("choice:") && editing.answer(label, id)}
              >
                {label}
              </Button>
            ))}
          </li>
        ))}
        {done !== undefined && (
          <li class="flow-line">
            <p>
              {say(
                done === "end" ? "flow_try_end" : "handoff" in done ? "flow_try_handoff" : "flow_try_answer",
              )}
            </p>
            {done !== "end" && "handoff" in done && done.handoff.text && (
              <p dir="auto">{done.handoff.text}</p>
            )}
          </li>
        )}
      </ol>
      {isWrong && <p class="hint">{say("flow_try_wrong")}</p>}
      <form onSubmit={send} class="flow-told">
        <Field
          label={say("flow_try_text")}
          value={text}
          dir="auto"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" busy={done !== undefined}>{say("flow_try_send")}</Button>
        <Button kind="quiet" onClick={() => editing.restart()}>{say("flow_try_again")}</Button>
      </form>
    </section>
  );
}
