import { useEffect, useState } from "preact/hooks";
import type { ReportCard } from "../../../../protocol/bot_try.ts";
import { Button } from "../../controls/button.tsx";
import { call } from "../../service/calls.ts";
import { failureWords } from "../../words/failure_words.ts";
import { say as sayShared } from "../../words/words.ts";
import { tabPath } from "../tabs.ts";
import { percent, say } from "../words/console_words.ts";

/** Answers with few phrases that are listed. */
const mostListed = 8;

/** What the answers let expect: shares, pairs that are confused, answers with few phrases. */
export function Card() {
  const [card, setCard] = useState<ReportCard>(), [problem, setProblem] = useState("");
  const load = () => {
    setProblem("");
    call<ReportCard>("GET", "/messages/api/bot/report_card")
      .then(setCard, (error) => setProblem(failureWords(error)));
  };
  useEffect(load, []);
  return (
    <aside class="bot-card" aria-labelledby="bot-card">
      <h2 id="bot-card">{say("card_title")}</h2>
      <p class="hint">{say("card_text")}</p>
      {problem && (
        <div role="alert">
          <p class="problem">{problem}</p>
          <Button onClick={load}>{sayShared("try_again")}</Button>
        </div>
      )}
      {!card && !problem && <div class="bone bone-field" aria-busy="true" />}
      {card && <Figures {...card} />}
    </aside>
  );
}

function Figures({ accuracy, answered, precision, confused, few_phrases: few }: ReportCard) {
  const shares = [["card_right", accuracy], ["card_answered", answered], [
    "card_precision",
    precision,
  ]] as const;
  const link = ({ id, title }: { id: string; title: string }) => (
    <a href={tabPath("answers", id)}>
      <bdi>{title}</bdi>
    </a>
  );
  return (
    <>
      {accuracy === undefined && <p>{say("card_few")}</p>}
      {accuracy !== undefined && (
        <dl>
          {shares.map(([word, share]) =>
            share !== undefined && (
              <div key={word}>
                <dt>{say(word)}</dt>
                <dd>{percent(share)}</dd>
              </div>
            )
          )}
        </dl>
      )}
      {confused.length > 0 && (
        <>
          <h3>{say("card_confused")}</h3>
          <ul>
            {confused.map(({ asked, taken_for }, n) => <li key={n}>{link(asked)} → {link(taken_for)}</li>)}
          </ul>
        </>
      )}
      {few.total > 0 && (
        <>
          <h3>{say("card_short")}</h3>
          <ul>
            {few.answers.slice(0, mostListed).map((one) => (
              <li key={one.id}>
                {link(one)} <span class="muted">{one.phrases}</span>
              </li>
            ))}
            {few.total > mostListed && (
              <li class="muted">{say("card_short_more", { n: few.total - mostListed })}</li>
            )}
          </ul>
        </>
      )}
    </>
  );
}
