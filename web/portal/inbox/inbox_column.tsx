import type { ReadonlySignal } from "@preact/signals";
import { IconButton } from "../controls/button.tsx";
import { Guard } from "../controls/guard.tsx";
import { Icon } from "../controls/icon.tsx";
import { Logo } from "../controls/logo.tsx";
import { useLive } from "../live_context.ts";
import { MainMenu } from "../main_menu.tsx";
import { AskToNotify } from "../notify/ask.tsx";
import { inboxPath, searchPath } from "../paths.ts";
import { say } from "../words.ts";
import { RoomList } from "./room_list.tsx";
import { TabBar } from "./tab_bar.tsx";

interface InboxColumnProps {
  hasHeard: ReadonlySignal<boolean>;
  showNotify(): void;
  showKeys(): void;
}

/** The left column: the ways elsewhere, the tabs, and the rooms. */
export function InboxColumn({ hasHeard, showNotify, showKeys }: InboxColumnProps) {
  const { isCut, inbox } = useLive();
  return (
    <nav class="inbox" aria-label={say("inbox")}>
      <header class="inbox-head">
        <a class="brand" href={inboxPath}>
          <Logo /> {say("parlor")}
        </a>
        <a class="icon-button" href={searchPath()} title={say("search")} aria-label={say("search")}>
          <Icon shape="search" />
        </a>
        <IconButton icon="bell" label={say("notifications")} onClick={showNotify} />
        <MainMenu showKeys={showKeys} />
      </header>
      <TabBar />
      <AskToNotify hasHeard={hasHeard} />
      <p class="cut-line inbox-cut" role="status">{isCut.value ? say("connecting") : ""}</p>
      <div class="rooms-panel" id="rooms" role="tabpanel" aria-labelledby={`tab-${inbox.tab.value}`}>
        <Guard>
          <RoomList />
        </Guard>
      </div>
    </nav>
  );
}
