import { useCallback } from "preact/hooks";
import uPlot from "uplot";
import type { Report, ReportDay } from "../../../protocol/reports.ts";
import { locale } from "../words/words.ts";
import { Chart, type Colours, plain, roundedUp } from "./chart.tsx";
import { dayName, say } from "./words/reports_words.ts";

const namesOf = ({ days, today }: Report) =>
  days.map(({ date }) => date === today ? say("rep_today") : dayName(date));

type Part = "person" | "bot" | "nobody";
const parts: {
  part: Part;
  word: "rep_person" | "rep_bot_alone" | "rep_nobody";
  of(day: ReportDay): number;
}[] = [
  { part: "person", word: "rep_person", of: ({ answered }) => answered },
  { part: "bot", word: "rep_bot_alone", of: ({ bot_alone }) => bot_alone },
  { part: "nobody", word: "rep_nobody", of: (day) => day.new - day.answered - day.bot_alone },
];

/** New conversations by day, and who answered them. */
export function DayChart({ report }: { report: Report }) {
  const shown = parts.filter(({ of: valueOf }) => report.days.some((day) => valueOf(day) > 0));
  const build = useCallback((colours: Colours, width: number) => {
    const top = roundedUp(Math.max(...report.days.map((day) => day.new)));
    // Each bar stands behind those of which it is a part: the highest is drawn first.
    const stacked = shown.map((_, n) =>
      report.days.map((day) => shown.slice(0, n + 1).reduce((sum, { of: valueOf }) => sum + valueOf(day), 0))
    ).reverse();
    const bars = uPlot.paths.bars!({ size: [0.72, 34] });
    const series = shown.map(({ part }) => ({ paths: bars, points: { show: false }, fill: colours[part] }))
      .reverse();
    const options = plain(colours, { names: namesOf(report), width, series, top });
    const today = report.days.findIndex(({ date }) => date === report.today);
    const draw = (plot: uPlot) => today >= 0 && hatch(plot, today, report.days[today]!.new, colours.paper);
    return {
      options: { ...options, hooks: { draw: [draw] } } as uPlot.Options,
      data: [report.days.map((_, i) => i), ...stacked] as uPlot.AlignedData,
    };
  }, [report, locale()]);
  return (
    <section class="rep-block" aria-labelledby="rep-per-day">
      <div class="rep-head">
        <h2 id="rep-per-day">{say("rep_per_day")}</h2>
        <Legend items={shown.map(({ part, word }) => [part, say(word)])} />
      </div>
      <Chart height={240} build={build} />
    </section>
  );
}

/** Strokes over the bar of a day that is not over. */
function hatch({ ctx, bbox, valToPos }: uPlot, day: number, count: number, colour: string): void {
  const left = valToPos(day - 0.42, "x", true), right = valToPos(day + 0.42, "x", true);
  const top = valToPos(count, "y", true), bottom = bbox.top + bbox.height;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, right - left, bottom - top);
  ctx.clip();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.beginPath();
  for (let at = left - (bottom - top); at < right; at += 6 * devicePixelRatio) {
    ctx.moveTo(at, bottom);
    ctx.lineTo(at + bottom - top, top);
  }
  ctx.stroke();
  ctx.restore();
}

const minutes = (seconds: number | undefined) => seconds === undefined ? null : seconds / 60;

/** How long visitors waited for the first reply of a person, by day. Days without one have no point. */
export function ReplyChart({ report }: { report: Report }) {
  const build = useCallback((colours: Colours, width: number) => {
    const slow = report.days.map(({ first_reply }) => minutes(first_reply.working_p90));
    const middle = report.days.map(({ first_reply }) => minutes(first_reply.working_p50));
    const line = (stroke: string) => ({
      ...{ stroke, width: 1.5, spanGaps: false },
      points: { show: true, size: 5, fill: stroke, stroke },
    });
    const top = roundedUp(Math.max(...slow.map((value) => value ?? 0)));
    const series = [line(colours.ink), line(colours.person)];
    const options = plain(colours, { names: namesOf(report), width, series, top });
    return { options, data: [report.days.map((_, i) => i), slow, middle] as uPlot.AlignedData };
  }, [report, locale()]);
  return (
    <section class="rep-block" aria-labelledby="rep-replies">
      <div class="rep-head">
        <h2 id="rep-replies">{say("rep_reply_per_day")}</h2>
        <Legend items={[["ink", say("rep_p90")], ["person", say("rep_p50")]]} />
      </div>
      <p class="rep-unit" aria-hidden="true">{say("rep_minutes")}</p>
      <Chart height={200} build={build} />
    </section>
  );
}

function Legend({ items }: { items: [name: string, text: string][] }) {
  return (
    <ul class="rep-legend">
      {items.map(([name, text]) => (
        <li key={name}>
          <span class={`rep-swatch rep-colour-${name}`} /> {text}
        </li>
      ))}
    </ul>
  );
}
