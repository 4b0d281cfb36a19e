import { Field } from "../../controls/field.tsx";
import { Segments } from "../controls/segments.tsx";
import { say } from "../words/options_words.ts";
import type { OptionsDraft } from "./options_draft.ts";

const manners = [["careful", 0.85], ["balanced", 0.7], ["eager", 0.55]] as const;
type Manner = typeof manners[number][0];

/** How sure the bot has to be: three words, and the number. */
export function Threshold({ draft }: { draft: OptionsDraft }) {
  const { threshold } = draft.now.value!;
  const manner = manners.find(([, number]) => number === threshold)?.[0];
  return (
    <section class="bot-group" aria-labelledby="bot-sure">
      <h2 id="bot-sure">{say("opt_sure")}</h2>
      <Segments<Manner>
        label={say("opt_threshold")}
        hint={manner && say(`opt_${manner}_hint`)}
        options={manners.map(([name]) => [name, say(`opt_${name}`)])}
        value={manner}
        onChange={(chosen) => draft.set({ threshold: manners.find(([name]) => name === chosen)![1] })}
      />
      <Field
        class="bot-short"
        label={say("opt_number")}
        hint={say("opt_number_hint")}
        type="number"
        min={50}
        max={95}
        inputMode="numeric"
        value={Number.isNaN(threshold) ? "" : Math.round(threshold * 100)}
        problem={draft.wrong.value.threshold}
        onInput={({ currentTarget }) => draft.set({ threshold: currentTarget.valueAsNumber / 100 })}
        after={<span class="bot-unit" aria-hidden="true">%</span>}
      />
    </section>
  );
}
