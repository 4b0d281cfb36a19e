import type { ComponentChildren } from "preact";
import type { Durations, Report } from "../../../protocol/reports.ts";
import { count, duration, number, percent, say } from "./words/reports_words.ts";

/** The four figures at the top. */
export function Figures({ report: { total, before } }: { report: Report }) {
  const { rating } = total, hasBot = total.bot_alone > 0 || before.bot_alone > 0;
  return (
    <dl class="rep-figures">
      <Figure
        title={say("rep_new")}
        value={number(total.new)}
        note={say("rep_before", { n: number(before.new) })}
      />
      {hasBot
        ? (
          <Figure
            title={say("rep_bot")}
            value={number(total.bot_alone)}
            unit={percent(total.bot_alone, total.new)}
            note={say("rep_before", { n: percent(before.bot_alone, before.new) })}
          />
        )
        : (
          <Figure
            title={say("rep_resolved")}
            value={number(total.resolved)}
            unit={percent(total.resolved, total.new)}
            note={say("rep_before", { n: number(before.resolved) })}
          />
        )}
      <Took title={say("rep_first_reply")} durations={total.first_reply} />
      <Took title={say("rep_waiting")} durations={total.waiting} />
      <Took title={say("rep_resolution")} durations={total.resolution} />
      <Figure
        title={say("rep_rating")}
        value={rating.count === 0 ? "–" : number(rating.sum / rating.count, 1)}
        unit={rating.count === 0 ? undefined : say("rep_of_five")}
        note={rating.count === 0 ? say("rep_none") : (
          <>
            {count("rep_ratings", rating.count)},{" "}
            {say("rep_of_asked", { part: percent(rating.count, rating.asked) })}
          </>
        )}
      />
    </dl>
  );
}

/** Half and nine tenths of some durations, by the clock; below within working time. */
function Took({ title, durations: { p50, p90, working_p50 } }: { title: string; durations: Durations }) {
  if (p50 === undefined) return <Figure title={title} value="–" note={say("rep_none")} />;
  return (
    <Figure
      title={title}
      value={duration(p50)}
      unit={say("rep_median")}
      note={
        <>
          {say("rep_nine", { time: duration(p90!) })}
          <br />
          {duration(working_p50!)} {say("rep_working")}
        </>
      }
    />
  );
}

function Figure({ title, value, unit, note }: {
  title: string;
  value: string;
  unit?: string;
  note: ComponentChildren;
}) {
  return (
    <div>
      <dt>{title}</dt>
      <dd class="rep-value">
        <strong>{value}</strong> {unit}
      </dd>
      <dd class="rep-note">{note}</dd>
    </div>
  );
}
