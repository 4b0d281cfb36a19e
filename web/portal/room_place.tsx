import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Guard } from "./controls/guard.tsx";
import { useLive } from "./live_context.ts";
import { isWide } from "./layout.ts";
import { inboxPath } from "./paths.ts";
import { prefer, preferences } from "./preferences.ts";
import { ThreadPage } from "./thread/thread_page.tsx";
import { VisitorPanel } from "./visitor/visitor_panel.tsx";
import { say } from "./words.ts";

/** One conversation with its visitor beside it, once it is known to be there. */
export function RoomPlace({ consumer, at }: { consumer: string; at?: number }) {
  const { inbox } = useLive();
  const { route } = useLocation();
  const view = inbox.room(consumer).value;
  const isUnknown = !view || view.isStub;
  const isMissing = useSignal(false), isOver = useSignal(false);
  useEffect(() => {
    isMissing.value = isOver.value = false;
    if (isUnknown) void inbox.complete(consumer).then((isThere) => isMissing.value = !isThere);
  }, [consumer, isUnknown]);
  if (!view) {
    return (
      <main class="middle notice-page" id="main" tabIndex={-1}>
        <p role="status">{say(isMissing.value ? "not_found_title" : "loading")}</p>
      </main>
    );
  }
  const isOpen = isWide.value ? !preferences.value.panelClosed : isOver.value;
  const toggle = () => isWide.value ? prefer({ panelClosed: isOpen }) : void (isOver.value = !isOpen);
  return (
    <>
      <main class="middle" id="main" tabIndex={-1}>
        <Guard about={consumer}>
          <ThreadPage view={view} at={at} panel={{ isOpen, toggle }} />
        </Guard>
      </main>
      {isOpen && (
        <Guard about={consumer}>
          <VisitorPanel key={consumer} view={view} close={toggle} gone={() => route(inboxPath)} />
        </Guard>
      )}
    </>
  );
}
