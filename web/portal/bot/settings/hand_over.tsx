import { Switch } from "../../controls/switch.tsx";
import { TextArea } from "../controls/text_area.tsx";
import { say } from "../words/options_words.ts";
import type { OptionsDraft } from "./options_draft.ts";

/** What the bot says and asks when it hands over to people. */
export function HandOver({ draft }: { draft: OptionsDraft }) {
  const { ask_email } = draft.now.value!;
  return (
    <section class="bot-group" aria-labelledby="bot-hand-over">
      <h2 id="bot-hand-over">{say("opt_hand_over")}</h2>
      {(["handoff_text", "alone_text"] as const).map((name) => (
        <TextArea
          key={name}
          label={say(`opt_${name}`)}
          hint={say("opt_built_in")}
          rows={2}
          max={500}
          value={draft.now.value![name]}
          problem={draft.wrong.value[name]}
          onChange={(text) => draft.set({ [name]: text })}
        />
      ))}
      <Switch
        label={say("opt_ask_email")}
        hint={say("opt_ask_email_hint")}
        on={ask_email}
        set={(ask_email) => draft.set({ ask_email })}
      />
    </section>
  );
}
