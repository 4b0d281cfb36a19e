import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Button } from "./controls/button.tsx";
import { Guard } from "./controls/guard.tsx";
import type { Finding } from "./inbox/inbox.ts";
import { useLive } from "./live_context.ts";
import { isWide } from "./layout.ts";
import { Nothing } from "./nothing.tsx";
import { inboxPath } from "./paths.ts";
import { prefer, preferences } from "./preferences.ts";
import { ThreadPage } from "./thread/thread_page.tsx";
import { VisitorPanel } from "./visitor/visitor_panel.tsx";
import { failureWords } from "./failure_words.ts";
import { say } from "./words.ts";

/** One conversation with its visitor beside it, once it is known to be there. */
export function RoomPlace({ consumer, at }: { consumer: string; at?: number }) {
  const { inbox, isCut } = useLive();
  const { route } = useLocation();
  const view = inbox.room(consumer).value;
  const isUnknown = !view || view.isStub;
  const finding = useSignal<Finding | undefined>(undefined), tries = useSignal(0);
  /** Whose panel lies over the thread. */
  const over = useSignal<string | undefined>(undefined);
  useLayoutEffect(() => {
    finding.value = undefined;
    if (!isUnknown || isCut.value) return;
    let isWanted = true;
    void inbox.complete(consumer).then((found) => isWanted && (finding.value = found));
    return () => void (isWanted = false);
  }, [consumer, isUnknown, isCut.value, tries.value]);
  useLayoutEffect(() => void (over.value = undefined), [consumer]);
  if (!view) {
    if (finding.value === "missing") return <Nothing />;
    const again = () => {
      // The button goes, and would take the focus along.
      document.getElementById("main")!.focus();
      tries.value++;
    };
    return (
      <main class="middle notice-page" id="main" tabIndex={-1}>
        {typeof finding.value === "object"
          ? (
            <>
              <p role="alert">{failureWords(finding.value.failed)}</p>
              <Button kind="main" onClick={again}>{say("try_again")}</Button>
            </>
          )
          : <p role="status">{say("loading")}</p>}
      </main>
    );
  }
  const isOpen = isWide.value ? !preferences.value.panelClosed : over.value === consumer;
  const toggle = () =>
    isWide.value ? prefer({ panelClosed: isOpen }) : void (over.value = isOpen ? undefined : consumer);
  // Whoever did not wait for it may be somewhere else by then.
  const gone = () => inbox.selected.value === consumer && route(inboxPath);
  return (
    <>
      <main class="middle" id="main" tabIndex={-1}>
        <Guard about={consumer}>
          <ThreadPage view={view} at={at} panel={{ isOpen, toggle }} />
        </Guard>
      </main>
      {isOpen && (
        <Guard about={consumer}>
          <VisitorPanel key={consumer} view={view} close={toggle} gone={gone} />
        </Guard>
      )}
    </>
  );
}
