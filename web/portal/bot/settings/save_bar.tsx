import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../controls/button.tsx";
import { say } from "../words/options_words.ts";
import type { OptionsDraft } from "./options_draft.ts";

/** Milliseconds for which "Saved" is shown. */
const savedMs = 2_500;

/** What there is to save, what came of it, and the buttons. */
export function SaveBar({ draft }: { draft: OptionsDraft }) {
  const [isFresh, setFresh] = useState(false);
  const saves = draft.saves.value, wrong = draft.wrong.value, bar = useRef<HTMLDivElement>(null);
  const before = useRef(saves);
  useEffect(() => {
    if (saves === before.current) return;
    before.current = saves;
    setFresh(true);
    const timer = setTimeout(() => setFresh(false), savedMs);
    return () => clearTimeout(timer);
  }, [saves]);
  useEffect(() => {
    if (Object.keys(wrong).length > 0) {
      bar.current?.closest("form")?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    }
  }, [wrong]);
  const problem = draft.problem.value
    ? say("opt_not_saved", { problem: draft.problem.value })
    : Object.keys(wrong).length > 0
    ? say("opt_wrong")
    : "";
  const isChanged = draft.isChanged.value;
  const text = problem ||
    (draft.isBusy.value
      ? say("opt_saving")
      : isChanged
      ? say("opt_unsaved")
      : isFresh
      ? say("opt_saved")
      : "");
  return (
    <div class="bot-bar" ref={bar} data-empty={text === ""}>
      <p class={problem ? "problem" : "muted"} role="status">{text}</p>
      {isChanged && (
        <>
          <Button kind="quiet" onClick={() => draft.discard()}>{say("opt_discard")}</Button>
          <Button kind="main" type="submit" busy={draft.isBusy.value}>{say("opt_save")}</Button>
        </>
      )}
    </div>
  );
}
