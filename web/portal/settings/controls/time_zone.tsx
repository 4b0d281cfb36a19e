import { knownZone } from "../../../ui/opening_hours.ts";
import { useEditor } from "../state/editor.ts";
import { Field, idOf, ties } from "./field.tsx";
import { locale, say } from "../words/settings_words.ts";

const path = "business_hours.time_zone";
/** The time zone of this browser. */
export const zoneHere = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The time zone of the business hours. */
export function TimeZone() {
  const { draft } = useEditor();
  const hours = draft.now.value!.business_hours;
  const zone = hours.time_zone;
  const set = (time_zone: string) => draft.set({ business_hours: { ...hours, time_zone } });
  const field = {
    path,
    label: say("set_time_zone"),
    hint: say("set_time_there", { time: timeIn(zone) }),
    problem: draft.wrong.value[path],
  };
  return (
    <Field {...field}>
      <div class="set-row">
        <select
          class="set-input set-grow"
          id={idOf(path)}
          value={zone}
          onChange={(event) => set(event.currentTarget.value)}
          {...ties(field)}
        >
          {[...byRegion(zone)].map(([region, zones]) => (
            <optgroup key={region} label={region}>
              {zones.map((name) => (
                <option key={name} value={name} selected={name === zone}>{name.replaceAll("_", " ")}</option>
              ))}
            </optgroup>
          ))}
        </select>
        {canonical(zone) !== zoneHere() && (
          <button
            type="button"
            class="set-button"
            onClick={() => {
              // The button disappears.
              document.getElementById(idOf(path))?.focus();
              set(zoneHere());
            }}
          >
            {say("set_zone_here")}
          </button>
        )}
      </div>
    </Field>
  );
}

function timeIn(timeZone: string): string {
  const format = {
    timeZone: knownZone(timeZone),
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
  } as const;
  return new Intl.DateTimeFormat(locale(), format).format(new Date());
}

/** This browser's name of a zone: Asia/Kolkata is Asia/Calcutta to some. */
function canonical(timeZone: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: knownZone(timeZone) }).resolvedOptions().timeZone;
}

/** All time zones by continent; the selected one by the name it has in the settings. */
function byRegion(inUse: string): Map<string, string[]> {
  const names = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);
  names.delete(canonical(inUse));
  names.add(inUse);
  return Map.groupBy([...names].sort(), (name) => name.includes("/") ? name.split("/")[0]! : "UTC");
}
