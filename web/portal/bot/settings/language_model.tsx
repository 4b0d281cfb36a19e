import { useEffect, useState } from "preact/hooks";
import { Field } from "../../controls/field.tsx";
import { Switch } from "../../controls/switch.tsx";
import { call } from "../../service/calls.ts";
import { say } from "../words/options_words.ts";
import type { OptionsDraft } from "./options_draft.ts";

/** The language model, only where the service's operator has set one up. */
export function LanguageModel({ draft }: { draft: OptionsDraft }) {
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    call<{ llm: boolean }>("GET", "/messages/api/bot").then(({ llm }) => setThere(llm), () => {});
  }, []);
  const { llm } = draft.now.value!, wrong = draft.wrong.value;
  const set = (change: Partial<typeof llm>) => draft.set({ llm: { ...llm, ...change } });
  if (!isThere) return null;
  return (
    <section class="bot-group" aria-labelledby="bot-llm">
      <h2 id="bot-llm">{say("opt_llm")}</h2>
      <p class="hint">{say("opt_llm_hint")}</p>
      <Switch label={say("opt_llm_use")} on={llm.use} set={(use) => set({ use })} />
      {llm.use && (
        <>
          <Switch
            label={say("opt_llm_check")}
            hint={say("opt_llm_check_hint")}
            on={llm.check_first}
            set={(check_first) => set({ check_first })}
          />
          <Switch label={say("opt_llm_redact")} on={llm.redact} set={(redact) => set({ redact })} />
          {([["tokens_per_day", "opt_llm_tokens"], ["answers_per_visitor", "opt_llm_visitor"]] as const).map(
            ([name, word]) => (
              <Field
                key={name}
                class="bot-short"
                label={say(word)}
                type="number"
                min={0}
                inputMode="numeric"
                value={Number.isNaN(llm[name]) ? "" : llm[name]}
                problem={wrong[`llm.${name}`]}
                onInput={({ currentTarget }) => set({ [name]: currentTarget.valueAsNumber })}
              />
            ),
          )}
        </>
      )}
    </section>
  );
}
