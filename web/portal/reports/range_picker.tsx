import { useState } from "preact/hooks";
import { maxReportDays } from "../../../protocol/limits.ts";
import { daysOf, type Range } from "./report_state.ts";
import { say } from "./words/reports_words.ts";

const lasts = [7, 28, 90, 365];
const dayMs = 86_400_000;

/** Chooses the days: some until today, or from one to another. */
export function RangePicker({ range, today, choose }: {
  range: Range;
  /** The workspace's. */
  today: string;
  choose(range: Range): void;
}) {
  const [days, setDays] = useState(daysOf(range, today));
  const isCustom = "from" in range;
  const picked = (value: string) => {
    if (value !== "custom") return choose({ last: Number(value) });
    const now = daysOf(range, today);
    setDays(now);
    choose(now);
  };
  const set = (some: Partial<typeof days>) => {
    const next = { ...days, ...some };
    setDays(next);
    if (isSpan(next)) choose(next);
  };
  return (
    <>
      <label class="rep-pick">
        <span class="spoken">{say("rep_range")}</span>
        <select
          value={isCustom ? "custom" : String(range.last)}
          onChange={({ currentTarget }) => picked(currentTarget.value)}
        >
          {lasts.map((n) => <option key={n} value={n}>{say("rep_last", { n })}</option>)}
          <option value="custom">{say("rep_custom")}</option>
        </select>
      </label>
      {isCustom && (
        <>
          {(["from", "to"] as const).map((end) => (
            <label class="rep-pick rep-date" key={end}>
              <span>{say(`rep_${end}`)}</span>
              <input
                type="date"
                value={days[end]}
                aria-invalid={!isSpan(days)}
                onChange={({ currentTarget }) => set({ [end]: currentTarget.value })}
              />
            </label>
          ))}
        </>
      )}
    </>
  );
}

/** Whether the service takes it: dates in their order, not too many days. */
function isSpan({ from, to }: { from: string; to: string }): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs;
  return days >= 0 && days < maxReportDays;
}
