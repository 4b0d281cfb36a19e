import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { say } from "./settings_words.ts";

/** Asks before what cannot be undone. `onAnswer` hears once: yes, or no by button or Escape. */
export function Confirm({ title, children, yes, no = say("set_cancel"), onAnswer }: {
  title: string;
  children: ComponentChildren;
  yes: string;
  no?: string;
  onAnswer(isYes: boolean): void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="set-dialog"
      aria-labelledby="set-confirm"
      onClose={(event) => onAnswer(event.currentTarget.returnValue === "yes")}
    >
      <h2 id="set-confirm">{title}</h2>
      <div class="set-hint">{children}</div>
      <div class="set-actions">
        <button type="button" class="set-button" onClick={() => dialog.current!.close("no")}>{no}</button>
        <button type="button" class="set-button set-danger" onClick={() => dialog.current!.close("yes")}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}
