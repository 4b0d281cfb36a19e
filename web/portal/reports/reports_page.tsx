import { addStyle } from "../controls/add_style.ts";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Button } from "../controls/button.tsx";
import { Icon } from "../controls/icon.tsx";
import { lazy } from "../controls/lazy.tsx";
import { useLive } from "../service/live_context.ts";
import { inboxPath } from "../shell/paths.ts";
import { failureWords } from "../words/failure_words.ts";
import { say as sayShared } from "../words/words.ts";
import { DayChart, ReplyChart } from "./day_charts.tsx";
import { Figures } from "./figures.tsx";
import { RangePicker } from "./range_picker.tsx";
import { daysOf, Reports } from "./report_state.ts";
import { FiguresTable, HoursTable, type TableOf } from "./tables.tsx";
import { say } from "./words/reports_words.ts";
import style from "./reports.css" with { type: "text" };

addStyle(style);

const BotReportView = lazy(async () => (await import("./bot/bot_report.tsx")).BotReportView, () => null);

const views = ["conversations", "bot"] as const;

/** `/messages/reports`. */
export function ReportsPage() {
  const { username, workspace, team, hasBot } = useLive();
  const reports = useMemo(() => new Reports(), [workspace]);
  const [view, setView] = useState<typeof views[number]>("conversations");
  const [table, setTable] = useState<TableOf>("member");
  useEffect(() => {
    void reports.load();
    return () => reports.stop();
  }, [reports]);
  const { range, team: ofTeam } = reports.asked.value, { report, state, error } = reports.found.value;
  const choose = (by: TableOf) => {
    setTable(by);
    if (by !== "day" && by !== reports.asked.value.by) reports.ask({ by });
  };
  const today = report?.today ?? new Date().toISOString().slice(0, 10), isOfBot = view === "bot";
  return (
    <main class="rep-page" id="main" tabIndex={-1} aria-busy={state === "loading"}>
      <header class="rep-top">
        <a
          class="icon-button rep-back"
          href={inboxPath}
          aria-label={sayShared("to_inbox")}
          title={sayShared("to_inbox")}
        >
          <Icon shape="back" />
        </a>
        <h1>{say("rep_title")}</h1>
        <div class="rep-picks">
          <RangePicker
            range={range}
            today={today}
            choose={(range) => reports.ask({ range })}
          />
          {!isOfBot && team.teams.value.length > 0 && (
            <label class="rep-pick">
              <span class="spoken">{say("rep_team")}</span>
              <select
                value={ofTeam ?? "all"}
                onChange={({ currentTarget: { value } }) =>
                  reports.ask({ team: value === "all" ? undefined : value })}
              >
                <option value="all">{say("rep_all_teams")}</option>
                {team.teams.value.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
                <option value="">{say("rep_no_team")}</option>
              </select>
            </label>
          )}
          {!isOfBot && (
            <a class="button plain" href={reports.csvPath(username, workspace)} download>
              <Icon shape="down" /> {say("rep_csv")}
            </a>
          )}
        </div>
      </header>
      {(hasBot.value || isOfBot) && (
        <div class="rep-tabs rep-views" role="radiogroup" aria-label={say("rep_view")}>
          {views.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="rep-view"
                checked={one === view}
                onChange={() => setView(one)}
              />
              <span>{say(one === "bot" ? "rep_view_bot" : "rep_view_all")}</span>
            </label>
          ))}
        </div>
      )}
      {isOfBot && <BotReportView {...daysOf(range, today)} />}
      <div class="rep-of-all" hidden={isOfBot}>
        <p class="spoken" role="status">{state === "loading" ? say("rep_loading") : ""}</p>
        {state === "failed" && (
          <div class="rep-message" role="alert">
            <p>{failureWords(error)}</p>
            <Button onClick={() => void reports.load()}>{sayShared("try_again")}</Button>
          </div>
        )}
        {report && !report.complete && <p class="rep-message" role="status">{say("rep_counting")}</p>}
        {report === undefined && state === "loading" && <Skeleton />}
        {report && report.total.new === 0 && (
          <div class="rep-message rep-empty">
            <h2>{say("rep_empty_title")}</h2>
            <p>{say("rep_empty_text")}</p>
          </div>
        )}
        {report && report.total.new > 0 && (
          <>
            <Figures report={report} />
            <div class="rep-grid">
              <DayChart report={report} />
              <FiguresTable report={report} by={table} choose={choose} />
              <ReplyChart report={report} />
              <HoursTable report={report} />
            </div>
            <p class="rep-foot">{say("rep_note", { zone: report.time_zone })}</p>
          </>
        )}
      </div>
    </main>
  );
}

/** Of the size of what comes, so that nothing jumps. */
function Skeleton() {
  return (
    <div class="rep-skeleton" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  );
}
