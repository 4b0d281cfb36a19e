import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { Button } from "../../controls/button.tsx";
import { useLive } from "../../service/live_context.ts";
import { listenToKeys } from "../../shell/keys.ts";
import { failureWords } from "../../words/failure_words.ts";
import { say as sayShared } from "../../words/words.ts";
import { PartHead } from "../controls/part_head.tsx";
import { type BotPartProps, tabPath } from "../tabs.ts";
import { NewAnswerDialog, OtherAnswerDialog } from "./answer_dialogs.tsx";
import { decidedWords, QuestionList } from "./question_list.tsx";
import { type QuestionActs, QuestionView } from "./question_view.tsx";
import { ReviewState } from "./review_state.ts";
import { say } from "./words/review_words.ts";

/** `/messages/bot/review`: questions that a decision teaches the bot most, one key each. */
export function ReviewPart({ mayEdit }: BotPartProps) {
  const { workspace } = useLive();
  const review = useMemo(() => new ReviewState(), [workspace]);
  useEffect(() => {
    if (mayEdit) void review.load();
  }, [review, mayEdit]);
  const { state, shown, done } = review, total = shown.value.length;
  if (!mayEdit || state.value === "failed") {
    return (
      <div class="bot-column">
        <PartHead title={say("rev_title")} />
        {mayEdit && (
          <div role="alert">
            <p>{say("rev_failed")} {failureWords(review.told.value.error)}</p>
            <Button onClick={() => void review.load()}>{sayShared("try_again")}</Button>
          </div>
        )}
      </div>
    );
  }
  return (
    <div class="rev" aria-busy={state.value === "loading"}>
      <div class="rev-side">
        <header class="rev-head">
          <h1 id="bot-title" tabIndex={-1}>{say("rev_title")}</h1>
          {total > 0 && <p>{say("rev_progress", { n: done.value, total })}</p>}
          {total > 0 && (
            <progress class="rev-progress" value={done.value} max={total} aria-label={say("rev_title")} />
          )}
        </header>
        {state.value === "loading" ? <Skeleton /> : <QuestionList review={review} />}
      </div>
      {state.value === "there" &&
        (total === 0
          ? <Empty />
          : done.value === total
          ? <Done review={review} />
          : <Sitting review={review} />)}
      <Told review={review} />
    </div>
  );
}

type Asked = { kind: "new"; body: string } | { kind: "another" };

/** The question that is looked at, with its keys. */
function Sitting({ review }: { review: ReviewState }) {
  const [asked, ask] = useState<Asked>();
  const { current, busy, shown, told } = review, { group, decision } = current.value!;
  const isDecided = decision !== undefined;
  const close = () => ask(undefined);
  const acts: QuestionActs = {
    assign: (answer) => void review.decide({ answer }),
    makeNew: (body) => isDecided || ask({ kind: "new", body }),
    another: () => isDecided || ask({ kind: "another" }),
    dismiss: () => void review.decide({ dismiss: true }),
  };
  useLayoutEffect(() => {
    const digits = group.guesses.map(({ id }, i) => [String(i + 1), () => acts.assign(id)]);
    const { reply } = group;
    return listenToKeys({
      ...Object.fromEntries(digits),
      n: () => acts.makeNew(""),
      m: () => reply ? reply.near ? acts.assign(reply.near.id) : acts.makeNew(reply.text) : false,
      "/": acts.another,
      x: acts.dismiss,
      u: () => void review.undo(),
      j: () => review.move(1),
      k: () => review.move(-1),
    });
  }, [group, isDecided]);
  return (
    <div class="rev-main">
      <p class="rev-since">{say("rev_hint", { n: shown.value.length })}</p>
      <QuestionView group={group} isDecided={isDecided} busy={busy.value} acts={acts} />
      <footer class="rev-foot">
        <span aria-hidden="true">
          <kbd>J</kbd> <kbd>K</kbd> {say("rev_move")}
        </span>
        <Undo review={review} />
      </footer>
      {asked?.kind === "new" && (
        <NewAnswerDialog
          draft={{ title: group.text, body: asked.body }}
          busy={busy.value}
          error={told.value.error}
          save={(answer) => void review.decide({ new: answer }).then((isMade) => isMade && close())}
          close={close}
        />
      )}
      {asked?.kind === "another" && (
        <OtherAnswerDialog choose={(id) => (close(), acts.assign(id))} close={close} />
      )}
    </div>
  );
}

function Undo({ review }: { review: ReviewState }) {
  return (
    <Button
      icon="reopen"
      busy={review.busy.value || review.done.value === 0 || !review.canUndo}
      aria-keyshortcuts="u"
      onClick={() => void review.undo()}
    >
      {say("rev_undo")} <kbd aria-hidden="true">U</kbd>
    </Button>
  );
}

function Done({ review }: { review: ReviewState }) {
  useLayoutEffect(() => listenToKeys({ u: () => void review.undo() }), [review]);
  return (
    <div class="rev-main rev-still">
      <h2>{say("rev_done")}</h2>
      <p>{say("rev_done_text", { n: review.done.value })}</p>
      <div class="rev-acts">
        {review.hasMore.value && (
          <Button kind="main" onClick={() => void review.load()}>{say("rev_next")}</Button>
        )}
        <Undo review={review} />
      </div>
    </div>
  );
}

function Empty() {
  return (
    <div class="rev-main rev-still">
      <h2>{say("rev_empty")}</h2>
      <p>{say("rev_empty_text")}</p>
      <a class="button plain" href={tabPath("try")}>{say("rev_try")}</a>
    </div>
  );
}

/** What the last decision did, for everybody who looks or listens. */
function Told({ review }: { review: ReviewState }) {
  const { decision, error } = review.told.value;
  const isTold = review.state.value === "there";
  return (
    <>
      <p class="spoken" role="status">
        {isTold && decision && (decision.kind === "undone" ? say("rev_told_undone") : decidedWords(decision))}
      </p>
      {isTold && error !== undefined && <p class="rev-error rev-told" role="alert">{failureWords(error)}</p>}
    </>
  );
}

/** Of the size of what comes, so that nothing jumps. */
function Skeleton() {
  return (
    <div class="rev-skeleton" aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}
