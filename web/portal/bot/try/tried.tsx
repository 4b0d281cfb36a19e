import type { BotTried } from "../../../../protocol/bot_try.ts";
import { useLive } from "../../service/live_context.ts";
import { BotSays } from "../answers/answer_preview.tsx";
import { tabPath } from "../tabs.ts";
import { percent, say } from "../words/console_words.ts";

/** What was asked, what a visitor would see, and why. */
export function Tried({ text, told }: { text: string; told: BotTried }) {
  const name = useLive().chatbot.value?.title ?? "";
  const { kind, confidence, says, offers, guesses, passages } = told;
  return (
    <>
      <section class="bot-group" aria-labelledby="bot-visitor">
        <h2 id="bot-visitor">{say("try_visitor")}</h2>
        <div class="bot-chat">
          <p class="bot-asks" dir="auto">{text}</p>
          <BotSays name={name} body={says ?? say("try_flow")} labels={offers.map(({ title }) => title)} />
        </div>
      </section>
      <section class="bot-group" aria-labelledby="bot-why">
        <h2 id="bot-why">{say("try_why")}</h2>
        <p>
          {say(`try_${kind}`)}{" "}
          {confidence !== undefined && (
            <span class="muted">· {say("try_sure", { part: percent(confidence) })}</span>
          )}
        </p>
        {guesses.length > 0 && (
          <>
            <h3>{say("try_nearest")}</h3>
            <ol class="bot-guesses">
              {guesses.map(({ id, title, confidence, nearest }) => (
                <li key={id}>
                  <a href={tabPath("answers", id)}>
                    <bdi>{title}</bdi>
                  </a>
                  <progress value={confidence} aria-hidden="true" />
                  <span class="bot-count">{percent(confidence)}</span>
                  <span class="hint" dir="auto">{say("try_like", { text: nearest })}</span>
                </li>
              ))}
            </ol>
          </>
        )}
        {passages.length > 0 && (
          <details>
            <summary>{say("try_passages")} ({passages.length})</summary>
            <ul class="bot-lines">
              {passages.map(({ source, text }, n) => (
                <li key={n} dir="auto">
                  <strong>{source.title}</strong>: {text}
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
    </>
  );
}
