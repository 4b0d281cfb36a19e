import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../controls/button.tsx";
import { useLive } from "../service/live_context.ts";
import { say, type Word } from "../words/words.ts";
import { isNarrow } from "../shell/layout.ts";
import { useGlide } from "./flip.ts";
import { useKeptScroll } from "./kept_scroll.ts";
import { useKeptRow } from "./kept_row.ts";
import { RoomRow } from "./room_row.tsx";
import type { Tab } from "./tab.ts";

/** Rows rendered beyond the visible ones. */
const spareRows = 6;
/** Distance from the end at which the next page is requested. Pixels. */
const nearEnd = 1_200;

const emptyWords: Partial<Record<Tab, Word>> = {
  ...{ open: "none_open", unread: "none_unread", resolved: "none_resolved", all: "none_all" },
  ...{ mine: "none_mine", unassigned: "none_unassigned", waiting: "none_waiting", snoozed: "none_snoozed" },
  mentions: "none_mentions",
};

/** Heights of a row, as `style/inbox.css` has them: where several answer, and for touch or one who answers alone. */
const denseRow = 56, comfortableRow = 72;

/** The rooms of a list, virtualized: only visible rows are rendered. */
export function RoomList() {
  const { inbox, team } = useLive();
  const rowHeight = team.isShared.value && !isNarrow.value ? denseRow : comfortableRow;
  const scroller = useRef<HTMLDivElement>(null);
  const view = useSignal({ from: 0, to: 20 });
  const { rooms, hasMore, failed, isLoaded } = inbox.shown.value;
  const selected = inbox.selected.value, tab = inbox.tab.value;

  const keepPlace = useKeptScroll(scroller, rooms, rowHeight), glide = useGlide();
  const look = () => {
    // A scroll event fires with the next frame, by which the list may be unmounted.
    if (!scroller.current) return;
    const { scrollTop, clientHeight } = scroller.current;
    keepPlace.look();
    const from = Math.max(0, Math.floor(scrollTop / rowHeight) - spareRows);
    const to = Math.ceil((scrollTop + clientHeight) / rowHeight) + spareRows;
    if (from !== view.value.from || to !== view.value.to) view.value = { from, to };
    if (rooms.length * rowHeight - scrollTop - clientHeight < nearEnd) inbox.more();
  };
  const list = `${tab} ${inbox.sort.value} ${rowHeight}`;
  useLayoutEffect(() => void (scroller.current!.scrollTop = 0), [list]);
  useLayoutEffect(() => {
    const scrolled = keepPlace.keep();
    glide(scroller.current!, { list, rooms: drawn, from: view.value.from, height: rowHeight }, scrolled);
    look();
  }, [rooms, list]);
  useKeptRow(rooms);
  useEffect(() => {
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  });

  const drawn = rooms.slice(view.value.from, view.value.to);
  const current = selected !== undefined && drawn.some(({ consumer }) => consumer === selected)
    ? selected
    : drawn[0]?.consumer;
  return (
    <div class="room-scroll" ref={scroller} onScroll={look}>
      {rooms.length > 0 && (
        <ul
          class="rooms"
          aria-label={say("inbox")}
          style={{
            paddingTop: `${view.value.from * rowHeight}px`,
            height: `${(rooms.length + (hasMore ? 2 : 0)) * rowHeight}px`,
          }}
        >
          {drawn.map(({ consumer }, i) => (
            <RoomRow
              key={consumer}
              consumer={consumer}
              room={inbox.room(consumer)}
              place={view.value.from + i}
              total={hasMore ? -1 : rooms.length}
              isSelected={consumer === selected}
              isCurrent={consumer === current}
            />
          ))}
        </ul>
      )}
      {rooms.length === 0 && !isLoaded && !failed && <Skeleton />}
      {rooms.length === 0 && isLoaded && <p class="quiet-note">{say(emptyWords[tab] ?? "none_listed")}</p>}
      {failed && (
        <div class="quiet-note" role="alert">
          <p>{say("rooms_failed")}</p>
          <Button onClick={() => inbox.more()}>{say("try_again")}</Button>
        </div>
      )}
    </div>
  );
}

/** As large as the content that replaces it. */
function Skeleton() {
  return (
    <div role="status">
      <span class="spoken">{say("loading")}</span>
      {Array.from({ length: 8 }, (_, i) => (
        <div class="room skeleton-room" key={i}>
          <span class="avatar small bone" />
          <span class="room-text">
            <span class="bone bone-line" />
            <span class="bone bone-line long" />
          </span>
        </div>
      ))}
    </div>
  );
}
