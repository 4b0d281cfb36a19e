import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { Confirm } from "./controls/confirm.tsx";
import { useEditor } from "./state/editor.ts";
import { contentsAddress } from "./section_list.ts";
import { say } from "./words/settings_words.ts";

/** Asks before a link or the browser leaves unsaved changes. */
export function LeaveGuard() {
  const { draft, exits } = useEditor();
  const leaving = useSignal("");
  const isChanged = draft.isChanged.value;
  // A layout effect: the next click may be on a link.
  useLayoutEffect(() => {
    if (!isChanged) return;
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      const path = pathOut(event);
      if (!path) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leaving.value = path;
    };
    addEventListener("beforeunload", unload);
    // Before the portal's own router handles it.
    addEventListener("click", click, { capture: true });
    return () => {
      removeEventListener("beforeunload", unload);
      removeEventListener("click", click, { capture: true });
    };
  }, [isChanged]);

  if (!leaving.value) return null;
  return (
    <Confirm
      title={say("set_leave_title")}
      yes={say("set_leave")}
      no={say("set_stay")}
      onAnswer={(isLeaving) => {
        const path = leaving.value;
        leaving.value = "";
        if (!isLeaving) return;
        draft.discard();
        exits.go(path);
      }}
    >
      {say("set_leave_text")}
    </Confirm>
  );
}

/** The portal path that a click leads to, if it leaves the settings in this tab. */
function pathOut(event: MouseEvent): string | undefined {
  const { ctrlKey, metaKey, shiftKey, altKey, button } = event;
  const link = (event.target as Element | null)?.closest?.("a");
  if (!link || ctrlKey || metaKey || shiftKey || altKey || button !== 0) return undefined;
  const isOut = link.origin === location.origin && !link.target && !link.hasAttribute("download") &&
    !link.pathname.startsWith(contentsAddress);
  return isOut ? link.pathname + link.search : undefined;
}
