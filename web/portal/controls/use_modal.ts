import type { TargetedEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Shows a dialog over everything else as long as it is there. The browser keeps the focus in it, and gives it back
 * afterwards. `close` hears of Escape, once.
 */
export function useModal(close: () => void) {
  const ref = useRef<HTMLDialogElement>(null), isOpen = useRef(false);
  // At once: from now on keys are for the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const dialog = ref.current!;
    dialog.showModal();
    isOpen.current = true;
    return () => {
      isOpen.current = false;
      // Open, it would let nothing outside of it have the focus.
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
    // The browser tells that it has closed a dialog only when what had the focus before may have been pressed again.
    onCancel(event: TargetedEvent<HTMLDialogElement>) {
      event.preventDefault();
      closeOnce();
    },
    // A second Escape in a row is not asked about.
    onClose: closeOnce,
  };
}
