import { useEffect } from "preact/hooks";
import { Icon } from "../controls/icon.tsx";
import { BulkBar } from "../desk/bulk_bar.tsx";
import { openPalette } from "../desk/palette_state.ts";
import { nameOfTab } from "../rail/views.ts";
import { useLive } from "../service/live_context.ts";
import { isNarrow } from "../shell/layout.ts";
import { MainMenu } from "../shell/main_menu.tsx";
import { locale, say } from "../words/words.ts";
import { countOf, isSortable } from "./tab.ts";

/** Above the list, where several answer: which list it is and its order, or what is done to the picked rooms. */
export function ListHead({ showKeys, isMain }: { showKeys(): void; isMain: boolean }) {
  const live = useLive();
  const { inbox, picked } = live;
  const tab = inbox.tab.value, sort = inbox.sort.value;
  const isOnline = live.link.value === "online";
  useEffect(() => {
    if (tab === "mentions" && isOnline) live.showMentions();
  }, [tab, isOnline]);
  if (picked.rooms.value.size > 0) return <BulkBar />;
  const name = nameOfTab(live, tab), count = countOf(inbox.counts.value, tab);
  const Heading = isMain ? "h1" : "h2";
  return (
    <div class="list-head">
      <Heading class="list-title">
        {isNarrow.value
          ? (
            <button type="button" aria-haspopup="dialog" onClick={() => openPalette("views")}>
              <bdi>{name}</bdi>
              {!!count && <span class="muted">{new Intl.NumberFormat(locale()).format(count)}</span>}
              <Icon shape="chevron" />
            </button>
          )
          : <bdi>{name}</bdi>}
      </Heading>
      {isSortable(tab) && (
        <button
          type="button"
          class="sort"
          title={say("sort")}
          onClick={() => inbox.show(tab, sort === "newest" ? "longest_waiting" : "newest")}
        >
          <Icon shape="sort" /> <span>{say(`sort_${sort}`)}</span>
        </button>
      )}
      {isNarrow.value && <MainMenu showKeys={showKeys} />}
    </div>
  );
}
