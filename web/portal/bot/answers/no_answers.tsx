import { useState } from "preact/hooks";
import { languageOf } from "../../../ui/language_tag.ts";
import { Button } from "../../controls/button.tsx";
import { call, CallFailed } from "../../service/calls.ts";
import { useLive } from "../../service/live_context.ts";
import { failureWords } from "../../words/failure_words.ts";
import { locale } from "../../words/words.ts";
import { starterLanguages } from "../controls/languages.ts";
import { Select } from "../controls/select.tsx";
import { toastWithUndo } from "../controls/undo.ts";
import { tabPath } from "../tabs.ts";
import { count, say } from "../words/knowledge_words.ts";

/** Of a workspace without answers: five to begin with, one's own, or a file. */
export function NoAnswers({ mayEdit, onStarted }: { mayEdit: boolean; onStarted(): void }) {
  const live = useLive();
  const languages = starterLanguages();
  const own = languageOf(locale());
  const [language, choose] = useState(languages.some(([tag]) => tag === own) ? own : "en");
  const [isBusy, setBusy] = useState(false), [problem, setProblem] = useState("");
  const start = async () => {
    setBusy(true);
    setProblem("");
    try {
      const { answers } = await call<{ answers: unknown[] }>("POST", "/messages/api/knowledge/starters", {
        locale: language,
      });
      onStarted();
      await toastWithUndo(live, count("kn_started", answers.length), onStarted);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      setProblem(failureWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="bot-nothing bot-first">
      <h2>{say("kn_empty_answers")}</h2>
      <p>{mayEdit ? say("kn_empty_answers_text") : say("kn_none_read")}</p>
      {mayEdit && (
        <>
          <Select label={say("kn_starters_in")} options={languages} value={language} onChange={choose} />
          {problem && <p class="problem" role="alert">{problem}</p>}
          <div class="buttons">
            <Button kind="main" busy={isBusy} onClick={() => void start()}>{say("kn_starters")}</Button>
            <a class="button plain" href={tabPath("answers", "new")}>{say("kn_write_first")}</a>
            <a class="button quiet" href={tabPath("answers", "import")}>{say("kn_import")}</a>
          </div>
        </>
      )}
    </div>
  );
}
