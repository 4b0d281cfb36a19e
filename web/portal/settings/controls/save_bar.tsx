import { useEffect, useRef } from "preact/hooks";
import { useEditor } from "../state/editor.ts";
import type { SectionName } from "../section_list.ts";
import { count, say } from "../words/settings_words.ts";
import { useSave } from "../state/use_save.ts";

/** Milliseconds for which "Saved" is shown. */
const savedMs = 2_500;

/** Unsaved changes, the result of saving, and the buttons to save or discard. Visible while there is something to show. */
export function SaveBar({ present }: { present: SectionName }) {
  const { draft } = useEditor();
  const save = useSave(present);
  const bar = useRef<HTMLDivElement>(null);
  const wrong = Object.keys(draft.wrong.value).length;
  const state = draft.state.value;
  const isChanged = draft.isChanged.value;
  useEffect(() => {
    if (state !== "saved") return;
    const timer = setTimeout(() => draft.state.value = "still", savedMs);
    return () => clearTimeout(timer);
  }, [state]);

  /** The buttons disappear with the changes; the focus moves to the section's beginning. */
  const goOn = () => {
    const { activeElement } = document;
    // Unless the user has moved the focus by then.
    const isHere = activeElement === document.body || bar.current!.contains(activeElement);
    if (isHere) document.getElementById("set-heading")?.focus();
  };
  const text = draft.problem.value
    ? say("set_not_saved", { problem: draft.problem.value })
    : wrong > 0
    ? count("set_wrong_fields", wrong)
    : state === "saved"
    ? say("set_saved")
    : isChanged
    ? say(state === "saving" ? "set_saving" : "set_unsaved")
    : "";

  return (
    <div class="set-bar" ref={bar} hidden={text === ""}>
      <p class={draft.problem.value || wrong ? "set-problem" : ""} role="status">{text}</p>
      {isChanged && (
        <>
          <button
            type="button"
            class="set-button"
            onClick={() => {
              goOn();
              draft.discard();
            }}
          >
            {say("set_discard")}
          </button>
          <button
            type="button"
            class="set-button set-main"
            aria-disabled={state === "saving"}
            onClick={async () => {
              if (await save()) goOn();
            }}
          >
            {say("set_save")}
          </button>
        </>
      )}
    </div>
  );
}
