import { useEffect, useState } from "preact/hooks";
import { Button } from "../../controls/button.tsx";
import { Switch } from "../../controls/switch.tsx";
import { useLive } from "../../service/live_context.ts";
import { say as sayShared } from "../../words/words.ts";
import { PartHead } from "../controls/part_head.tsx";
import { Segments } from "../controls/segments.tsx";
import { Select } from "../controls/select.tsx";
import { answerTitles, type Titled } from "../state/titles.ts";
import { type BotPartProps, tabPath } from "../tabs.ts";
import { say as sayBot } from "../words/bot_words.ts";
import { say } from "../words/options_words.ts";
import { Face } from "./face.tsx";
import { HandOver } from "./hand_over.tsx";
import { LanguageModel } from "./language_model.tsx";
import { type OptionsDraft, optionsOf } from "./options_draft.ts";
import { SaveBar } from "./save_bar.tsx";
import { Threshold } from "./threshold.tsx";

/** `/messages/bot/settings`. */
export function SettingsPart({ mayEdit }: BotPartProps) {
  const draft = optionsOf(useLive());
  const [titles, setTitles] = useState<readonly Titled[]>();
  useEffect(() => {
    void draft.load();
    answerTitles().then(setTitles, () => {});
  }, [draft]);
  const bot = draft.now.value;
  return (
    <div class="bot-column">
      <PartHead title={sayBot("bot_settings")} hint={say("opt_hint")} />
      {!bot && draft.problem.value && (
        <div class="bot-failed" role="alert">
          <p>{draft.problem.value}</p>
          <Button onClick={() => void draft.load()}>{sayShared("try_again")}</Button>
        </div>
      )}
      {!bot && !draft.problem.value && <div class="bone bone-field" aria-busy="true" />}
      {bot && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (mayEdit) void draft.save();
          }}
        >
          <fieldset class="bot-fields bot-groups" disabled={!mayEdit}>
            <WhoAnswers draft={draft} isEmpty={titles?.length === 0} />
            {bot.mode === "answer" && (
              <>
                <Face draft={draft} titles={titles} />
                <Threshold draft={draft} />
                <HandOver draft={draft} />
              </>
            )}
            {bot.mode === "suggest" && <Threshold draft={draft} />}
            {bot.mode !== "off" && <LanguageModel draft={draft} />}
          </fieldset>
          {mayEdit && <SaveBar draft={draft} />}
        </form>
      )}
    </div>
  );
}

function WhoAnswers({ draft, isEmpty }: { draft: OptionsDraft; isEmpty: boolean }) {
  const { mode, when } = draft.now.value!;
  return (
    <section class="bot-group">
      <Switch
        label={say("opt_on")}
        hint={say("opt_on_hint")}
        on={mode !== "off"}
        set={(on) => draft.set({ mode: on ? "answer" : "off" })}
      />
      {isEmpty && (
        <p class="hint">
          {say("opt_none_yet")} <a href={tabPath("answers")}>{say("opt_write")}</a>
        </p>
      )}
      {mode !== "off" && (
        <Segments
          label={say("opt_mode")}
          hint={mode === "suggest" ? say("opt_suggest_hint") : undefined}
          options={[["answer", say("opt_mode_answer")], ["suggest", say("opt_mode_suggest")]]}
          value={mode}
          onChange={(mode) => draft.set({ mode })}
        />
      )}
      {mode === "answer" && (
        <Select
          label={say("opt_when")}
          options={(["always", "nobody_here", "outside_hours"] as const).map((
            one,
          ) => [one, say(`opt_when_${one}`)])}
          value={when}
          onChange={(when) => draft.set({ when })}
        />
      )}
    </section>
  );
}
