import type { ComponentChildren } from "preact";
import type { BotFigures, BotReport } from "../../../../protocol/bot_report.ts";
import { dayName, number } from "../words/reports_words.ts";
import { say } from "./words/bot_report_words.ts";

const columns = [
  ["questions", "brp_asked"],
  ["answered", "brp_answered"],
  ["offered", "brp_offered"],
  ["handed_off", "brp_handed_off"],
] as const;

/** The figures of each day, the newest first; the last row is that of all. */
export function DaysTable({ report: { days, total } }: { report: BotReport }) {
  return (
    <section class="rep-block" aria-label={say("brp_days")}>
      <div class="rep-rows tall" tabIndex={0} role="group" aria-label={say("brp_days")}>
        <table class="rep-table">
          <thead>
            <tr>
              <th scope="col">{say("brp_day")}</th>
              {columns.map(([name, word]) => <th scope="col" key={name}>{say(word)}</th>)}
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => <Row key={day.date} name={dayName(day.date)} figures={day} />)}
          </tbody>
          <tfoot>
            <Row name={say("brp_all")} figures={total} />
          </tfoot>
        </table>
      </div>
    </section>
  );
}

function Row({ name, figures }: { name: string; figures: BotFigures }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {columns.map(([column]) => <td key={column}>{number(figures[column])}</td>)}
    </tr>
  );
}

interface CountTableProps {
  title: string;
  columns: [string, string];
  rows: [string, number][];
  children?: ComponentChildren;
}

/** What was counted, the most frequent first. */
export function CountTable({ title, columns: [name, times], rows, children }: CountTableProps) {
  if (rows.length === 0) return null;
  return (
    <section class="rep-block" aria-label={title}>
      <div class="rep-head">
        <h2>{title}</h2>
        {children}
      </div>
      <table class="rep-table">
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col">{times}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([text, count]) => (
            <tr key={text}>
              <th scope="row">
                <bdi>{text}</bdi>
              </th>
              <td>{number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
