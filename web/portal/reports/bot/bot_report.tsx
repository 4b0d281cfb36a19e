import { useEffect, useState } from "preact/hooks";
import type { BotReport } from "../../../../protocol/bot_report.ts";
import { reasonWords } from "../../assist/handed_off.tsx";
import { Button } from "../../controls/button.tsx";
import { Icon } from "../../controls/icon.tsx";
import { call } from "../../service/calls.ts";
import { useLive } from "../../service/live_context.ts";
import { service } from "../../service/service.ts";
import { tabPath } from "../../bot/tabs.ts";
import { failureWords } from "../../words/failure_words.ts";
import { say as sayShared } from "../../words/words.ts";
import { number, percent, say as sayReports } from "../words/reports_words.ts";
import { QuestionChart } from "./question_chart.tsx";
import { CountTable, DaysTable } from "./tables.tsx";
import { say } from "./words/bot_report_words.ts";

type Found = { report?: BotReport; error?: unknown; isLoading: boolean };

/** What the bot has done on some days. `from`, `to`: local dates. */
export function BotReportView({ from, to }: { from: string; to: string }) {
  const [{ report, error, isLoading }, set] = useState<Found>({ isLoading: true });
  const load = () => {
    let isWanted = true;
    set((found) => ({ ...found, error: undefined, isLoading: true }));
    call<BotReport>("GET", `/messages/api/reports/bot?${new URLSearchParams({ from, to })}`).then(
      (report) => isWanted && set({ report, isLoading: false }),
      (error) => isWanted && set({ error, isLoading: false }),
    );
    return () => void (isWanted = false);
  };
  useEffect(load, [from, to]);
  return (
    <div class="rep-bot" aria-busy={isLoading}>
      <p class="spoken" role="status">{isLoading ? sayReports("rep_loading") : ""}</p>
      {error !== undefined && (
        <div class="rep-message" role="alert">
          <p>{failureWords(error)}</p>
          <Button onClick={load}>{sayShared("try_again")}</Button>
        </div>
      )}
      {report && report.total.questions === 0 && (
        <div class="rep-message rep-empty">
          <h2>{say("brp_empty_title")}</h2>
          <p>{say("brp_empty_text")}</p>
        </div>
      )}
      {report && report.total.questions > 0 && <Shown report={report} />}
    </div>
  );
}

function Shown({ report }: { report: BotReport }) {
  const { username, workspace } = useLive(), { from, to, reasons, unanswered } = report;
  const who = { account: username, ...(workspace !== username && { workspace }) };
  const csv = `${service}/messages/api/reports/bot.csv?${new URLSearchParams({ ...who, from, to })}`;
  return (
    <>
      <Figures report={report} />
      <div class="rep-grid">
        <QuestionChart report={report} />
        <DaysTable report={report} />
        <CountTable
          title={say("brp_reasons")}
          columns={[say("brp_reason"), say("brp_count")]}
          rows={reasons.map(({ reason, count }) => [reasonWords(reason), count])}
        />
        <CountTable
          title={say("brp_unanswered")}
          columns={[say("brp_question"), say("brp_count")]}
          rows={unanswered.map(({ text, count }) => [text, count])}
        >
          <a href={tabPath("review")}>{say("brp_review")}</a>
        </CountTable>
      </div>
      <p class="rep-foot">
        {say("brp_note", { zone: report.time_zone })}{" "}
        <a class="button plain" href={csv} download>
          <Icon shape="down" /> {say("brp_csv")}
        </a>
      </p>
    </>
  );
}

function Figures({ report: { total, conversations } }: { report: BotReport }) {
  const { questions, answered, handed_off, helpful, unhelpful } = total, rated = helpful + unhelpful;
  const { with_bot, without_person } = conversations;
  const ofQuestions = (n: number) => say("brp_of_questions", { part: percent(n, questions) });
  return (
    <dl class="rep-figures">
      <Figure title={say("brp_questions")} value={number(questions)} />
      <Figure title={say("brp_answered")} value={number(answered)} note={ofQuestions(answered)} />
      <Figure
        title={say("brp_alone")}
        value={with_bot === 0 ? "–" : percent(without_person, with_bot)}
        note={say("brp_of_conversations", { n: number(with_bot) })}
      />
      <Figure title={say("brp_handed_off")} value={number(handed_off)} note={ofQuestions(handed_off)} />
      <Figure
        title={say("brp_helpful")}
        value={rated === 0 ? "–" : percent(helpful, rated)}
        note={say("brp_of_rated", { n: number(rated) })}
      />
    </dl>
  );
}

function Figure({ title, value, note }: { title: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd class="rep-value">
        <strong>{value}</strong>
      </dd>
      {note && <dd class="rep-note">{note}</dd>}
    </div>
  );
}
