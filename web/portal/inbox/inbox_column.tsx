import type { ReadonlySignal } from "@preact/signals";
import { ErrorBoundary } from "../controls/error_boundary.tsx";
import { Icon } from "../controls/icon.tsx";
import { Logo } from "../controls/logo.tsx";
import { Availability } from "./availability.tsx";
import { useLive } from "../service/live_context.ts";
import { MainMenu } from "../shell/main_menu.tsx";
import { AskToNotify } from "../notifications/ask.tsx";
import { inboxPath, searchPath, settingsPath } from "../shell/paths.ts";
import { say } from "../words/words.ts";
import { RoomList } from "./room_list.tsx";
import { TabBar } from "./tab_bar.tsx";

interface InboxColumnProps {
  hasHeard: ReadonlySignal<boolean>;
  /** It is the only visible column. */
  isMain: boolean;
  showKeys(): void;
}

/** The left column: navigation, tabs and rooms. */
export function InboxColumn({ hasHeard, isMain, showKeys }: InboxColumnProps) {
  const { isCut, inbox } = useLive();
  return (
    <div class="inbox" role={isMain ? "main" : "navigation"} aria-label={say("inbox")}>
      {isMain && <h1 class="spoken">{say("inbox")}</h1>}
      <div class="inbox-head">
        <a class="brand" href={inboxPath}>
          <Logo /> {say("parlor")}
        </a>
        <a class="icon-button" href={searchPath()} title={say("search")} aria-label={say("search")}>
          <Icon shape="search" />
        </a>
        <a
          class="icon-button"
          href={settingsPath("notifications")}
          title={say("notifications")}
          aria-label={say("notifications")}
        >
          <Icon shape="bell" />
        </a>
        <MainMenu showKeys={showKeys} />
      </div>
      <Availability />
      <TabBar />
      <AskToNotify hasHeard={hasHeard} />
      <p class="cut-line inbox-cut" role="status">{isCut.value ? say("connecting") : ""}</p>
      <div class="rooms-panel" id="rooms" role="tabpanel" aria-labelledby={`tab-${inbox.tab.value}`}>
        <ErrorBoundary>
          <RoomList />
        </ErrorBoundary>
      </div>
    </div>
  );
}
