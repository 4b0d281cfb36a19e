import { useSignal } from "@preact/signals";
import { Field, idOf, Notes } from "../controls/field.tsx";
import { Icon, shapes } from "../controls/icon.tsx";
import { Group } from "../controls/section.tsx";
import { Switch } from "../controls/switch.tsx";
import { useEditor } from "../state/editor.ts";
import { locale, say } from "../words/settings_words.ts";

const path = "holidays";

/** Days without business hours: `2026-12-24`, or `12-25` of each year. */
export function Holidays() {
  const editor = useEditor();
  const { draft } = editor;
  const { holidays } = draft.now.value!;
  const date = useSignal(""), isYearly = useSignal(false);
  const problems = Object.entries(draft.wrong.value).filter(([field]) => field.startsWith(path));
  const add = () => {
    if (!date.value) return document.getElementById(idOf("holiday"))?.focus();
    const day = isYearly.value ? date.value.slice(5) : date.value;
    draft.set({ holidays: [...new Set([...holidays, day])].sort(byDay) });
    editor.announce(say("set_holiday_added", { day: nameOf(day) }));
    date.value = "";
  };
  const remove = (day: string) => {
    draft.set({ holidays: holidays.filter((one) => one !== day) });
    // The button disappears.
    document.getElementById(idOf("holiday"))?.focus();
  };
  return (
    <Group title={say("set_holidays")}>
      {holidays.length > 0 && (
        <ul class="set-list">
          {holidays.map((day) => (
            <li key={day}>
              <span>{nameOf(day)}</span>
              <button
                type="button"
                class="set-tool"
                aria-label={say("set_holiday_remove", { day: nameOf(day) })}
                title={say("set_remove")}
                onClick={() => remove(day)}
              >
                <Icon shape={shapes.close} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Field path="holiday" label={say("set_holiday")}>
        <div class="set-row">
          <input
            type="date"
            class="set-input set-date"
            id={idOf("holiday")}
            value={date.value}
            onInput={(event) => date.value = event.currentTarget.value}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
          />
          <button type="button" class="set-button" onClick={add}>{say("set_holiday_add")}</button>
        </div>
      </Field>
      <Switch
        path="holiday_yearly"
        label={say("set_holiday_yearly")}
        isOn={isYearly.value}
        onChange={(isOn) => isYearly.value = isOn}
      />
      <Notes path={path} hint={say("set_holidays_hint")} problem={problems[0]?.[1]} />
    </Group>
  );
}

const isYearlyDay = (day: string) => day.length === 5;

/** Those of each year first, then by date. */
const byDay = (a: string, b: string) => a.length - b.length || (a < b ? -1 : 1);

function nameOf(day: string): string {
  const isYearly = isYearlyDay(day);
  const format = new Intl.DateTimeFormat(locale(), {
    ...{ day: "numeric", month: "long", timeZone: "UTC" },
    ...(isYearly ? {} : { year: "numeric", weekday: "long" }),
  });
  const name = format.format(Date.parse(isYearly ? `2024-${day}` : day));
  return isYearly ? say("set_holiday_each_year", { day: name }) : name;
}
