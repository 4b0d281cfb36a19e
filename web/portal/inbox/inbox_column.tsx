import type { ReadonlySignal } from "@preact/signals";
import { ErrorBoundary } from "../controls/error_boundary.tsx";
import { Icon } from "../controls/icon.tsx";
import { Logo } from "../controls/logo.tsx";
import { Availability } from "./availability.tsx";
import { useLive } from "../service/live_context.ts";
import { MainMenu } from "../shell/main_menu.tsx";
import { AskToNotify } from "../notifications/ask.tsx";
import { ListHead } from "../rail/team_lazy.tsx";
import { MoreBoxes } from "../rail/more_boxes.tsx";
import { inboxPath, searchPath, settingsPath } from "../shell/paths.ts";
import { say } from "../words/words.ts";
import { RoomList } from "./room_list.tsx";
import { isBox } from "./tab.ts";
import { TabBar } from "./tab_bar.tsx";

interface InboxColumnProps {
  hasHeard: ReadonlySignal<boolean>;
  /** It is the only visible column. */
  isMain: boolean;
  showKeys(): void;
}

/** The column of rooms; for one who answers alone with navigation and tabs, which the rail holds otherwise. */
export function InboxColumn({ hasHeard, isMain, showKeys }: InboxColumnProps) {
  const { isCut, inbox, team } = useLive();
  const isShared = team.isShared.value, tab = inbox.tab.value;
  const isTab = !isShared && !isBox(tab);
  return (
    <div class="inbox" role={isMain ? "main" : "navigation"} aria-label={say("inbox")}>
      {isShared ? <ListHead showKeys={showKeys} isMain={isMain} /> : (
        <>
          {isMain && <h1 class="spoken">{say("inbox")}</h1>}
          <InboxHead showKeys={showKeys} />
          <Availability />
          <TabBar />
          <MoreBoxes />
        </>
      )}
      <AskToNotify hasHeard={hasHeard} />
      <p class="cut-line inbox-cut" role="status">{isCut.value ? say("connecting") : ""}</p>
      <div
        class="rooms-panel"
        id="rooms"
        role={isTab ? "tabpanel" : undefined}
        aria-labelledby={isTab ? `tab-${tab}` : undefined}
      >
        <ErrorBoundary>
          <RoomList />
        </ErrorBoundary>
      </div>
    </div>
  );
}

function InboxHead({ showKeys }: { showKeys(): void }) {
  return (
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
  );
}
