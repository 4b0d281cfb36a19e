import type { ComponentChildren } from "preact";
import { useModal } from "../../controls/use_modal.ts";
import { say } from "../words/settings_words.ts";

/** Confirmation of what cannot be undone. `onAnswer` is called once: yes, or no by button or Escape. */
export function Confirm({ title, children, yes, no = say("set_cancel"), onAnswer }: {
  title: string;
  children: ComponentChildren;
  yes: string;
  no?: string;
  onAnswer(isYes: boolean): void;
}) {
  const modal = useModal(() => onAnswer(false));
  return (
    <dialog {...modal} class="set-dialog" aria-labelledby="set-confirm">
      <h2 id="set-confirm">{title}</h2>
      <div class="set-hint">{children}</div>
      <div class="set-actions">
        <button type="button" class="set-button" onClick={() => onAnswer(false)}>{no}</button>
        <button type="button" class="set-button set-danger" onClick={() => onAnswer(true)}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}
