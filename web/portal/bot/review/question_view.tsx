import type { QuestionGroup } from "../../../../protocol/bot_review.ts";
import { Button } from "../../controls/button.tsx";
import { useLive } from "../../service/live_context.ts";
import { threadPath } from "../../shell/paths.ts";
import { locale, say } from "./words/review_words.ts";

const dateOf = (time: string) =>
  new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long" }).format(new Date(time));
const percentOf = (part: number) =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(part);

export interface QuestionActs {
  assign(id: string): void;
  /** With the text of the team as its body, or empty. */
  makeNew(body: string): void;
  another(): void;
  dismiss(): void;
}

interface ViewProps {
  group: QuestionGroup;
  isDecided: boolean;
  busy: boolean;
  acts: QuestionActs;
}

/** One question with its wordings, the answers that it may ask for, and what a person answered. */
export function QuestionView({ group, isDecided, busy, acts }: ViewProps) {
  const { text, others, count: asked, since, guesses, used, reply } = group;
  const left = asked - 1 - others.length, off = busy || isDecided;
  return (
    <article class="rev-question">
      <h2 id="rev-question" tabIndex={-1} dir="auto">“{text}”</h2>
      {others.map((other) => <p class="rev-other" dir="auto" key={other}>“{other}”</p>)}
      <p class="rev-since">
        {left > 0
          ? say("rev_more_like", { n: left, date: dateOf(since) })
          : say("rev_since", { date: dateOf(since) })}
      </p>
      <p class="rev-ask" id="rev-which">{guesses.length > 0 ? say("rev_which") : say("rev_no_guess")}</p>
      {guesses.length > 0 && (
        <ol class="rev-guesses" aria-labelledby="rev-which">
          {guesses.map(({ id, title, excerpt, confidence }, i) => (
            <li key={id}>
              <button
                type="button"
                aria-disabled={off}
                aria-keyshortcuts={String(i + 1)}
                onClick={() => off || acts.assign(id)}
              >
                <kbd aria-hidden="true">{i + 1}</kbd>
                <span class="rev-guess">
                  <bdi>{title}</bdi>
                  <span class="rev-excerpt" dir="auto">{excerpt}</span>
                  {id === used && <span class="rev-confirmed">{say("rev_confirmed")}</span>}
                </span>
                <span class="rev-bar" aria-hidden="true">
                  <i style={{ inlineSize: `${Math.round(confidence * 100)}%` }} />
                </span>
                <span class="rev-percent">{percentOf(confidence)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
      <div class="rev-acts">
        <Button
          kind={guesses.length > 0 ? "plain" : "main"}
          busy={off}
          aria-keyshortcuts="n"
          onClick={() => acts.makeNew("")}
        >
          {say("rev_new")} <kbd aria-hidden="true">N</kbd>
        </Button>
        <Button icon="search" busy={off} aria-keyshortcuts="/" onClick={acts.another}>
          {say("rev_another")} <kbd aria-hidden="true">/</kbd>
        </Button>
        <Button icon="close" busy={off} aria-keyshortcuts="x" onClick={acts.dismiss}>
          {say("rev_dismiss")} <kbd aria-hidden="true">X</kbd>
        </Button>
      </div>
      {reply && <Reply reply={reply} off={off} acts={acts} />}
    </article>
  );
}

/** What a person of the team answered, which may become an answer. */
function Reply({ reply, off, acts }: {
  reply: NonNullable<QuestionGroup["reply"]>;
  off: boolean;
  acts: QuestionActs;
}) {
  const { team } = useLive(), { near, text, by, at, consumer } = reply;
  const name = (by === undefined ? undefined : team.member(by)?.name) ?? say("rev_somebody");
  return (
    <blockquote class="rev-reply">
      <p class="rev-since">
        {say("rev_reply", { name, date: dateOf(at) })} · <a href={threadPath(consumer)}>{say("rev_see")}</a>
      </p>
      <p dir="auto" class="rev-reply-text">{text}</p>
      <Button
        kind="quiet"
        busy={off}
        aria-keyshortcuts="m"
        onClick={() => near ? acts.assign(near.id) : acts.makeNew(text)}
      >
        {near ? say("rev_use_near", { title: near.title }) : say("rev_use_reply")}{" "}
        <kbd aria-hidden="true">M</kbd>
      </Button>
    </blockquote>
  );
}
