import { useCallback } from "preact/hooks";
import uPlot from "uplot";
import type { BotReport } from "../../../../protocol/bot_report.ts";
import { locale } from "../../words/words.ts";
import { Chart, type Colours, plain, roundedUp } from "../chart.tsx";
import { dayName, say as sayReports } from "../words/reports_words.ts";
import { say } from "./words/bot_report_words.ts";

type Day = BotReport["days"][number];

/** Parts of a day's questions that add up to all of them, each in a colour of the reports. */
const parts = [
  { colour: "bot", word: "brp_answered", of: ({ answered }: Day) => answered },
  { colour: "nobody", word: "brp_offered", of: ({ offered }: Day) => offered },
  {
    colour: "person",
    word: "brp_handed_off",
    of: ({ questions, answered, offered }: Day) => questions - answered - offered,
  },
] as const;

/** Questions to the bot by day, and what became of them. The table beside it says the same. */
export function QuestionChart({ report }: { report: BotReport }) {
  const { days, today } = report;
  const build = useCallback((colours: Colours, width: number) => {
    const top = roundedUp(Math.max(...days.map(({ questions }) => questions)));
    // Each bar stands behind those of which it is a part: the highest is drawn first.
    const stacked = parts.map((_, n) =>
      days.map((day) => parts.slice(0, n + 1).reduce((sum, { of: valueOf }) => sum + valueOf(day), 0))
    ).reverse();
    const paths = uPlot.paths.bars!({ size: [0.72, 34] });
    const series = parts.map(({ colour }) => ({ paths, points: { show: false }, fill: colours[colour] }))
      .reverse();
    const names = days.map(({ date }) => date === today ? sayReports("rep_today") : dayName(date));
    return {
      options: plain(colours, { names, width, series, top }),
      data: [days.map((_, i) => i), ...stacked] as uPlot.AlignedData,
    };
  }, [report, locale()]);
  return (
    <section class="rep-block" aria-labelledby="brp-per-day">
      <div class="rep-head">
        <h2 id="brp-per-day">{say("brp_per_day")}</h2>
        <ul class="rep-legend">
          {parts.map(({ colour, word }) => (
            <li key={colour}>
              <span class={`rep-swatch rep-colour-${colour}`} /> {say(word)}
            </li>
          ))}
        </ul>
      </div>
      <Chart height={240} build={build} />
    </section>
  );
}
