import type { TargetedEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Shows a modal dialog while mounted. The browser traps the focus and restores it
 * afterwards. `close` is called once on Escape.
 */
export function useModal(close: () => void) {
  const ref = useRef<HTMLDialogElement>(null), isOpen = useRef(false);
  // A layout effect: from now on keys are for the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const dialog = ref.current!;
    dialog.showModal();
    isOpen.current = true;
    return () => {
      isOpen.current = false;
      // While open, it would keep the focus from everything outside.
      dialog.close();
      before?.focus?.();
    };
  }, []);
  const closeOnce = () => {
    if (isOpen.current) close();
    isOpen.current = false;
  };
  return {
    ref,
    // The browser reports Escape only if the user has interacted with the page since the last one.
    onCancel(event: TargetedEvent<HTMLDialogElement>) {
      event.preventDefault();
      closeOnce();
    },
    // A second Escape in a row cannot be intercepted.
    onClose: closeOnce,
  };
}
