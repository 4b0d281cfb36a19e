import type { RoomFilter } from "../../../protocol/frames.ts";
import { useLive } from "../service/live_context.ts";
import { locale, say } from "../words/words.ts";
import { countOf, isBox, tabs } from "./tab.ts";

/** The tabs of the list, each with its count. Arrow keys move between them. */
export function TabBar() {
  const { inbox } = useLive();
  const counts = inbox.counts.value, shown = inbox.tab.value;
  const step = (event: KeyboardEvent, by: number) => {
    const next = tabs[(tabs.indexOf(shown as RoomFilter) + by + tabs.length) % tabs.length]!;
    inbox.show(next);
    event.preventDefault();
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-tab=${next}]`)?.focus();
  };
  const isRtl = document.dir === "rtl";
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={say("inbox")}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") step(event, isRtl ? -1 : 1);
        if (event.key === "ArrowLeft") step(event, isRtl ? 1 : -1);
      }}
    >
      {tabs.map((tab, i) => (
        <button
          key={tab}
          type="button"
          role="tab"
          data-tab={tab}
          id={`tab-${tab}`}
          aria-selected={tab === shown}
          aria-controls="rooms"
          tabIndex={tab === shown || (i === 0 && isBox(shown)) ? 0 : -1}
          onClick={() => inbox.show(tab)}
        >
          {say(`tab_${tab}`)}{" "}
          <span class={`tab-count ${counts ? "" : "bone"}`}>
            {counts ? new Intl.NumberFormat(locale()).format(countOf(counts, tab)!) : ""}
          </span>
        </button>
      ))}
    </div>
  );
}
