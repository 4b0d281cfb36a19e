import { useSignal } from "@preact/signals";
import { Choice } from "../controls/choice.tsx";
import { useEditor } from "../state/editor.ts";
import { Holidays } from "./holidays.tsx";
import { HoursDay } from "./hours_day.tsx";
import { mondayOnWeekdays, type Range, usualWeek, weekdays } from "../state/hours.ts";
import { Group, Section } from "../controls/section.tsx";
import { say } from "../words/settings_words.ts";
import { TimeZone, zoneHere } from "../controls/time_zone.tsx";

/** Business hours. */
export function HoursSection() {
  const editor = useEditor();
  const { draft } = editor;
  const hours = draft.now.value!.business_hours;
  const { ranges } = hours;
  /** The hours before "always" was chosen: restored if that was a mistake. */
  const before = useSignal<Range[]>(usualWeek);
  /** No zone was chosen yet: local time is meant, not UTC. */
  const isUntouched = draft.saved.value!.business_hours.ranges.length === 0 && hours.time_zone === "UTC";
  const set = (ranges: Range[]) => draft.set({ business_hours: { ...hours, ranges } });
  const choose = (kind: "always" | "week") => {
    if (kind === "always") {
      before.value = ranges;
      return set([]);
    }
    const time_zone = isUntouched ? zoneHere() : hours.time_zone;
    draft.set({ business_hours: { time_zone, ranges: before.value } });
  };
  return (
    <Section name="hours">
      <Group>
        <Choice
          path="business_hours.ranges"
          label={say("set_hours_kind")}
          problem={draft.wrong.value["business_hours.ranges"]}
          options={[["always", say("set_always")], ["week", say("set_week")]]}
          value={ranges.length === 0 ? "always" : "week"}
          onChange={choose}
        />
        {ranges.length > 0 && (
          <>
            <TimeZone />
            <div class="set-week">
              {weekdays.map((day) => <HoursDay key={day} {...{ day, ranges, set }} />)}
            </div>
            <div>
              <button
                type="button"
                class="set-button"
                onClick={() => {
                  set(mondayOnWeekdays(ranges));
                  editor.announce(say("set_hours_copied"));
                }}
              >
                {say("set_copy_monday")}
              </button>
            </div>
            <p class="set-hint">{say("set_midnight_hint")}</p>
          </>
        )}
      </Group>
      {ranges.length > 0 && <Holidays />}
    </Section>
  );
}
