import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../words.ts";
import { IconButton } from "./button.tsx";

interface DialogProps {
  title: string;
  close(): void;
  children: ComponentChildren;
  class?: string;
}

/** A dialog over everything else. The browser keeps the focus in it, and Escape closes it. */
export function Dialog({ title, close, children, class: more }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null), id = useId();
  // At once: from now on keys are for the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const dialog = ref.current!;
    dialog.showModal();
    return () => {
      // Open, it would let nothing outside of it have the focus.
      dialog.close();
      before?.focus?.();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class={`dialog ${more ?? ""}`}
      aria-labelledby={id}
      onClose={close}
      onClick={(event) => event.target === ref.current && close()}
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
