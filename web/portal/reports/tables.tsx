import type { Report, ReportBy } from "../../../protocol/reports.ts";
import { useLive } from "../service/live_context.ts";
import type { Team } from "../service/team.ts";
import { count, dayName, duration, hourName, number, say, weekdayName } from "./words/reports_words.ts";

/** What a table's rows stand for. */
export type TableOf = ReportBy | "day";

/** Means of fewer ratings than this say little: their number is shown instead. */
const fewRatings = 5;

interface Row {
  key: string;
  name: string;
  new: number;
  answered: number;
  first_reply: Report["total"]["first_reply"];
  rating: { count: number; sum: number };
}

const tabs: [TableOf, "rep_members" | "rep_teams" | "rep_labels" | "rep_days"][] = [
  ["member", "rep_members"],
  ["team", "rep_teams"],
  ["label", "rep_labels"],
  ["day", "rep_days"],
];
const headings = { member: "rep_member", team: "rep_team_name", label: "rep_label", day: "rep_day" } as const;

/** The figures by member, team, label or day; the last row is that of all. */
export function FiguresTable(
  { report, by, choose }: { report: Report; by: TableOf; choose(by: TableOf): void },
) {
  const { team } = useLive();
  const rows = rowsOf(report, by, team);
  return (
    <section class="rep-block" aria-label={say("rep_tables")}>
      <div class="rep-tabs" role="radiogroup" aria-label={say("rep_tables")}>
        {tabs.map(([one, word]) => (
          <label key={one}>
            <input type="radio" name="rep-by" checked={one === by} onChange={() => choose(one)} />
            <span>{say(word)}</span>
          </label>
        ))}
      </div>
      <div
        class={`rep-rows ${by === "day" ? "tall" : ""}`}
        tabIndex={0}
        role="group"
        aria-label={say(headings[by])}
      >
        <table class="rep-table">
          <thead>
            <tr>
              <th scope="col">{say(headings[by])}</th>
              <th scope="col">{say("rep_col_new")}</th>
              <th scope="col">{say("rep_answered")}</th>
              <th scope="col">{say("rep_col_reply")}</th>
              <th scope="col">{say("rep_rating")}</th>
            </tr>
          </thead>
          <tbody>{rows.map((row) => <TableRow row={row} key={row.key} />)}</tbody>
          <tfoot>
            <TableRow row={{ key: "", name: say("rep_everything"), ...report.total }} />
          </tfoot>
        </table>
      </div>
      {by === "label" && <p class="hint">{say("rep_label_note")}</p>}
    </section>
  );
}

function TableRow({ row: { name, new: began, answered, first_reply, rating } }: { row: Row }) {
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>{number(began)}</td>
      <td>{number(answered)}</td>
      <td>{first_reply.working_p50 === undefined ? "–" : duration(first_reply.working_p50)}</td>
      <td>{ratingOf(rating)}</td>
    </tr>
  );
}

function ratingOf({ count: rated, sum }: Row["rating"]): string {
  if (rated === 0) return "–";
  return rated < fewRatings ? count("rep_ratings", rated) : number(sum / rated, 1);
}

function rowsOf({ days, groups }: Report, by: TableOf, team: Team): Row[] {
  if (by === "day") return days.map((day) => ({ key: day.date, name: dayName(day.date), ...day })).reverse();
  return groups.map((group) => ({ key: group.id, name: nameOf(group.id, by, team), ...group }))
    .sort((a, b) => b.new - a.new || a.name.localeCompare(b.name));
}

const none = { member: "rep_no_member", team: "rep_no_team", label: "rep_no_label" } as const;

function nameOf(id: string, by: ReportBy, team: Team): string {
  if (id === "") return say(none[by]);
  const found = by === "member" ? team.member(id) : by === "team" ? team.team(id) : team.label(id);
  return found?.name ?? say("rep_gone");
}

/** Steps of the colour scale. */
const steps = 5;

/** New conversations by weekday and hour: a table, coloured by number. */
export function HoursTable({ report: { hours } }: { report: Report }) {
  const most = Math.max(...hours.flat());
  return (
    <section class="rep-block" aria-labelledby="rep-hours">
      <div class="rep-head">
        <h2 id="rep-hours">{say("rep_hours")}</h2>
        <p class="rep-legend">{say("rep_scale", { n: number(most) })}</p>
      </div>
      <table class="rep-heat" dir="ltr">
        <thead>
          <tr>
            <th scope="col">
              <span class="spoken">{say("rep_weekday")}</span>
            </th>
            {hours[0]!.map((_, hour) => (
              <th scope="col" key={hour}>
                <span class={hour % 6 ? "spoken" : ""}>{hourName(hour)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((counts, day) => (
            <tr key={day}>
              <th scope="row">{weekdayName(day + 1)}</th>
              {counts.map((n, hour) => (
                <td key={hour} class={`heat-${n === 0 ? 0 : Math.ceil(n / most * steps)}`} title={number(n)}>
                  <span class="spoken">{number(n)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
