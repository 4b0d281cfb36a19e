import { isNarrow } from "../../shell/layout.ts";
import { useEditor } from "../state/editor.ts";
import { idOf, Notes, ties } from "../controls/field.tsx";
import { type Range, withOpening } from "../state/hours.ts";
import { Icon, shapes } from "../controls/icon.tsx";
import { locale, say } from "../words/settings_words.ts";

interface Week {
  ranges: Range[];
  set(ranges: Range[]): void;
}

/** 5 January 1970 was a Monday. */
function nameOf(day: number): string {
  const format = new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" });
  return format.format(new Date(Date.UTC(1970, 0, 4 + day)));
}

/** One weekday's openings. */
export function HoursDay({ day, ranges, set }: Week & { day: number }) {
  const name = nameOf(day);
  const own = ranges.flatMap((range, at) => range.day === day ? [at] : []);
  const add = (
    <button
      key="add"
      type="button"
      class="set-tool"
      aria-label={say("set_add_opening", { day: name })}
      title={say("set_add_opening", { day: name })}
      onClick={() => set(withOpening(ranges, day))}
    >
      <Icon shape={shapes.add} />
    </button>
  );
  return (
    <div class="set-day" role="group" aria-label={name}>
      <span class="set-label">{name}</span>
      {/* Tab comes to it where it is seen: on a phone beside the day's name, above the hours. */}
      {isNarrow.value && add}
      <div class="set-openings" key="openings">
        {own.length === 0 && <span class="set-hint">{say("set_closed")}</span>}
        {own.map((at) => <Opening key={at} {...{ at, name, ranges, set }} />)}
      </div>
      {!isNarrow.value && add}
    </div>
  );
}

function Opening({ at, name, ranges, set }: Week & { at: number; name: string }) {
  const editor = useEditor();
  const range = ranges[at]!;
  const path = `business_hours.ranges.${at}`;
  const { wrong } = editor.draft;
  const problem = wrong.value[path] ?? wrong.value[`${path}.from`] ?? wrong.value[`${path}.to`];
  const change = (part: Partial<Range>) => set(ranges.with(at, { ...range, ...part }));
  return (
    <div>
      <div class="set-opening">
        <input
          type="time"
          class="set-input"
          id={idOf(path)}
          aria-label={say("set_opens", { day: name })}
          value={range.from}
          onInput={(event) => change({ from: event.currentTarget.value })}
          {...ties({ path, problem })}
        />
        <span aria-hidden="true">–</span>
        <input
          type="time"
          class="set-input"
          aria-label={say("set_closes", { day: name })}
          // A time input has no 24:00; the day's end is shown as midnight.
          value={range.to === "24:00" ? "00:00" : range.to}
          onInput={({ currentTarget: { value } }) => change({ to: value === "00:00" ? "24:00" : value })}
          {...ties({ path, problem })}
        />
        <button
          type="button"
          class="set-tool"
          aria-label={say("set_remove_opening", { day: name, from: range.from, to: range.to })}
          title={say("set_remove")}
          onClick={(event) => {
            // The button disappears, and with the last one the week; the focus moves within the same day, or before it.
            const next = ranges.length > 1
              ? event.currentTarget.closest(".set-day")!.querySelector<HTMLElement>(".set-day > .set-tool")
              : document.getElementById(idOf("business_hours.ranges"));
            next?.focus();
            set(ranges.toSpliced(at, 1));
          }}
        >
          <Icon shape={shapes.close} />
        </button>
      </div>
      <Notes {...{ path, problem }} />
    </div>
  );
}
