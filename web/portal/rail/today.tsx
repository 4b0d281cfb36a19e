import { useEffect } from "preact/hooks";
import { RoomRow } from "../inbox/room_row.tsx";
import { countOf, type Tab } from "../inbox/tab.ts";
import { useLive } from "../service/live_context.ts";
import { minute } from "../shell/now.ts";
import { boxPath } from "../shell/paths.ts";
import { locale, type Word } from "../words/words.ts";
import { say } from "./today_words.ts";

/** Rooms that are shown of those who wait longest. */
const longest = 3;
const waiting = { tab: "waiting", sort: "longest_waiting" } as const;
const numbers: [tab: Tab, word: Word][] = [
  ["mine", "box_mine"],
  ["unassigned", "box_unassigned"],
  ["waiting", "box_waiting"],
  ["open", "tab_open"],
];

/** Beside the list while no room is open: the numbers of now, and who waits longest. */
export function Today() {
  const { inbox, link } = useLive();
  const isOnline = link.value === "online", counts = inbox.counts.value;
  useEffect(() => {
    if (isOnline) inbox.peek(waiting, longest);
  }, [isOnline, counts?.waiting]);
  const rooms = inbox.of(waiting).rooms.slice(0, longest);
  const number = new Intl.NumberFormat(locale());
  const isDone = (counts?.mine ?? 0) === 0 && inbox.tab.value === "mine";
  const day = new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long" });
  return (
    <main class="middle today" id="main" tabIndex={-1}>
      <div class="today-inner">
        <h1>{say(isDone ? "today_done" : "today_title")}</h1>
        <p class="muted">{say("today_date", { date: day.format(minute.value) })}</p>
        <dl class="today-numbers">
          {numbers.map(([tab, word]) => (
            <div key={tab}>
              <dt>{say(word)}</dt>
              <dd class={counts ? "" : "bone"}>{counts ? number.format(countOf(counts, tab) ?? 0) : ""}</dd>
            </div>
          ))}
        </dl>
        {rooms.length > 0 && (
          <>
            <h2>{say("today_longest")}</h2>
            <ul class="today-rooms" aria-label={say("today_longest")}>
              {rooms.map(({ consumer }, i) => (
                <RoomRow
                  key={consumer}
                  consumer={consumer}
                  room={inbox.room(consumer)}
                  place={i}
                  total={rooms.length}
                  isSelected={false}
                  isCurrent
                  isPlain
                />
              ))}
            </ul>
            <a class="button plain" href={boxPath("waiting")}>{say("today_all")}</a>
          </>
        )}
      </div>
    </main>
  );
}
