import { Field } from "../../controls/field.tsx";
import { Pick } from "./fields.tsx";
import type { Step } from "./flow_state.ts";
import { say } from "./words/flow_words.ts";

const tests = ["hours", "online", "language", "var"] as const;

/** What a step decides by. */
export function TestFields({ step, set }: { step: Extract<Step, { do: "if" }>; set(step: Step): void }) {
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
