import { useEffect, useRef } from "preact/hooks";
import { useLive } from "../service/live_context.ts";
import { say } from "../words/words.ts";

/** How long a toast is shown; an error longer. Milliseconds. */
const shownMs = 8_000, alertMs = 15_000;

/** What was just done, with a way back, or why it was not. It stays while the pointer or the focus is on it. */
export function ToastLine() {
  const { desk } = useLive();
  const toast = desk.toast.value;
  const held = useRef(false);
  useEffect(() => {
    if (!toast) return;
    const end = Date.now() + (toast.isAlert ? alertMs : shownMs);
    const timer = setInterval(() => {
      if (Date.now() > end && !held.current && desk.toast.value === toast) desk.toast.value = undefined;
    }, 250);
    return () => clearInterval(timer);
  }, [toast]);
  return (
    <div class="toasts" role={toast?.isAlert ? "alert" : "status"}>
      {toast && (
        <div
          class={`toast ${toast.isAlert ? "bad" : ""}`}
          onPointerEnter={() => held.current = true}
          onPointerLeave={() => held.current = false}
          onFocusIn={() => held.current = true}
          onFocusOut={() => held.current = false}
        >
          <p>{toast.text}</p>
          {toast.failed && toast.failed.length > 0 && (
            <ul>
              {toast.failed.slice(0, 5).map(({ name, why }) => (
                <li key={name}>
                  <bdi>{name}</bdi>: {why}
                </li>
              ))}
            </ul>
          )}
          {toast.undo && (
            <button type="button" onClick={() => desk.undo()}>
              {say("undo")} <kbd aria-hidden="true">Z</kbd>
            </button>
          )}
        </div>
      )}
    </div>
  );
}
