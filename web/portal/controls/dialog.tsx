import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { say } from "../words/words.ts";
import { IconButton } from "./button.tsx";
import { useModal } from "./use_modal.ts";

interface DialogProps {
  title: string;
  close(): void;
  children: ComponentChildren;
  class?: string;
}

/** A modal dialog. The browser traps the focus, and Escape closes it. */
export function Dialog({ title, close, children, class: more }: DialogProps) {
  const modal = useModal(close), id = useId();
  return (
    <dialog
      {...modal}
      class={`dialog ${more ?? ""}`}
      aria-labelledby={id}
      onClick={(event) => event.target === modal.ref.current && close()}
    >
      <div class="dialog-inner">
        <header>
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={say("close")} onClick={close} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
