import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { useModal } from "../../../controls/use_modal.ts";
import { focusWrong } from "../../focus_wrong.ts";
import { useFormAttempt } from "../../state/attempt.ts";
import { say } from "../../words/settings_words.ts";

type Wrong = Record<string, string>;

interface FormDialogProps {
  title: string;
  /** Label of the button that saves. */
  yes?: string;
  /** Throws what the service refuses; wrong fields are handed to `children`. */
  save(): Promise<void>;
  close(): void;
  children(wrong: Wrong): ComponentChildren;
  isWide?: boolean;
}

/** A form in a dialog: Enter saves, Escape leaves, and wrong fields are said beside them. */
export function FormDialog({ title, yes = say("set_save"), save, close, children, isWide }: FormDialogProps) {
  const modal = useModal(close), id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { problem, isBusy, wrong, submit: attempt } = useFormAttempt();
  useLayoutEffect(() => void focusWrong(form.current!), [wrong.value]);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await attempt(save)) close();
  };
  return (
    <dialog {...modal} class={`set-dialog ${isWide ? "set-dialog-wide" : ""}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <form ref={form} class="set-fields" noValidate onSubmit={submit}>
        {children(wrong.value)}
        {problem.value && <p class="set-problem" role="alert">{problem.value}</p>}
        <div class="set-actions">
          <button type="button" class="set-button" onClick={close}>{say("set_cancel")}</button>
          <button type="submit" class="set-button set-main" aria-disabled={isBusy.value}>{yes}</button>
        </div>
      </form>
    </dialog>
  );
}
