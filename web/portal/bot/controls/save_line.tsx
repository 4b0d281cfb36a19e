import { useEffect, useState } from "preact/hooks";
import { Button } from "../../controls/button.tsx";
import type { ItemDraft } from "../state/item_draft.ts";
import { count, say } from "../words/knowledge_words.ts";

/** Milliseconds for which "Saved" is shown. */
const savedMs = 2_500;

/** What there is to save, what came of it, and the buttons. `savedAt` counts what was saved. */
// deno-lint-ignore no-explicit-any
export function SaveLine({ draft, savedCount }: { draft: ItemDraft<any, any>; savedCount: number }) {
  const [isFresh, setFresh] = useState(false);
  useEffect(() => {
    if (savedCount === 0) return;
    setFresh(true);
    const timer = setTimeout(() => setFresh(false), savedMs);
    return () => clearTimeout(timer);
  }, [savedCount]);
  const wrong = Object.keys(draft.wrong.value).length, isChanged = draft.isChanged.value;
  const problem = draft.problem.value
    ? say("kn_not_saved", { problem: draft.problem.value })
    : wrong > 0
    ? count("kn_wrong", wrong)
    : "";
  const text = problem ||
    (draft.isBusy.value ? say("kn_saving") : isChanged ? say("kn_unsaved") : isFresh ? say("kn_saved") : "");
  return (
    <div class="bot-save" data-empty={text === "" && !isChanged}>
      <p class={problem ? "problem" : "muted"} role="status">{text}</p>
      {isChanged && (
        <>
          <Button kind="quiet" onClick={() => draft.discard()}>{say("kn_discard")}</Button>
          <Button kind="main" type="submit" busy={draft.isBusy.value}>{say("kn_save")}</Button>
        </>
      )}
    </div>
  );
}
