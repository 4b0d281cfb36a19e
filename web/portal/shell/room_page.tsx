import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Button } from "../controls/button.tsx";
import { ErrorBoundary } from "../controls/error_boundary.tsx";
import type { Finding } from "../inbox/inbox.ts";
import { useLive } from "../service/live_context.ts";
import { lazy } from "../controls/lazy.tsx";
import { isWide } from "./layout.ts";
import { NotFoundPage } from "./not_found.tsx";
import { inboxPath, threadPath } from "./paths.ts";
import { prefer, preferences } from "../service/preferences.ts";
import { ThreadPage } from "../thread/thread_page.tsx";
import { failureWords } from "../words/failure_words.ts";
import { say } from "../words/words.ts";

const VisitorPanel = lazy(
  async () => (await import("../visitor/visitor_panel.tsx")).VisitorPanel,
  () => <aside class="panel" />,
);

interface RoomPlaceProps {
  consumer: string;
  at?: number;
  /** The visitor panel overlays the thread. It has a history entry of its own, so that Back leads to the thread. */
  details?: boolean;
}

/** One conversation with its visitor panel, once it is known to exist. */
export function RoomPage({ consumer, at, details = false }: RoomPlaceProps) {
  const { inbox, isCut } = useLive();
  const { route } = useLocation();
  const view = inbox.room(consumer).value;
  const isUnknown = !view || view.isStub;
  const finding = useSignal<Finding | undefined>(undefined), tries = useSignal(0);
  /** The panel was opened here: the thread is one step back. */
  const isStep = useRef(false);
  useLayoutEffect(() => {
    finding.value = undefined;
    if (!isUnknown || isCut.value) return;
    let isWanted = true;
    void inbox.complete(consumer).then((found) => isWanted && (finding.value = found));
    return () => void (isWanted = false);
  }, [consumer, isUnknown, isCut.value, tries.value]);
  useLayoutEffect(() => {
    if (!details) isStep.current = false;
  }, [details, consumer]);
  if (!view) {
    if (finding.value === "missing") return <NotFoundPage />;
    const again = () => {
      // The button disappears with the focus.
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
  const isOpen = isWide.value ? !preferences.value.panelClosed : details;
  const toggle = () => {
    if (isWide.value) return prefer({ panelClosed: isOpen });
    if (isStep.current) return history.back();
    isStep.current = !isOpen;
    route(threadPath(consumer, at, !isOpen), isOpen);
  };
  // The user may have navigated on by then.
  const gone = () => inbox.selected.value === consumer && route(inboxPath);
  return (
    <>
      <main class="middle" id="main" tabIndex={-1}>
        <ErrorBoundary about={consumer}>
          <ThreadPage view={view} at={at} panel={{ isOpen, toggle }} />
        </ErrorBoundary>
      </main>
      {isOpen && (
        <ErrorBoundary about={consumer}>
          <VisitorPanel key={consumer} view={view} close={toggle} gone={gone} />
        </ErrorBoundary>
      )}
    </>
  );
}
