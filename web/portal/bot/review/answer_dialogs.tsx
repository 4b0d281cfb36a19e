import { useEffect, useRef, useState } from "preact/hooks";
import type { AnswerPage } from "../../../../protocol/knowledge.ts";
import { addStyle } from "../../controls/add_style.ts";
import { Button } from "../../controls/button.tsx";
import { Dialog } from "../../controls/dialog.tsx";
import { call } from "../../service/calls.ts";
import { failureWords } from "../../words/failure_words.ts";
import { say as sayShared } from "../../words/words.ts";
import { say } from "./words/review_words.ts";
import style from "./review.css" with { type: "text" };

addStyle(style);

export interface AnswerText {
  title: string;
  body: string;
}

interface NewAnswerProps {
  draft: AnswerText;
  busy: boolean;
  error?: unknown;
  /** An answer that says nearly the same, to which the question can be added instead. */
  near?: { title: string; add(): void };
  save(answer: AnswerText): void;
  close(): void;
}

/** A new answer, begun with what was asked and what a person has said. */
export function NewAnswerDialog({ draft, busy, error, near, save, close }: NewAnswerProps) {
  const [title, setTitle] = useState(draft.title.slice(0, 120)), [body, setBody] = useState(draft.body);
  const isReady = title.trim() !== "" && body.trim() !== "";
  return (
    <Dialog title={say("rev_new")} close={close} class="rev-dialog">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !busy) save({ title: title.trim(), body: body.trim() });
        }}
      >
        <label class="rev-field">
          <span>{say("rev_form_title")}</span>
          <input
            type="text"
            dir="auto"
            maxLength={120}
            value={title}
            onInput={({ currentTarget }) => setTitle(currentTarget.value)}
          />
        </label>
        <label class="rev-field">
          <span>{say("rev_form_body")}</span>
          <textarea
            autofocus
            dir="auto"
            rows={6}
            maxLength={4_000}
            value={body}
            onInput={({ currentTarget }) => setBody(currentTarget.value)}
          />
        </label>
        <p class="rev-since">{say("rev_form_hint")}</p>
        {error !== undefined && <p class="rev-error" role="alert">{failureWords(error)}</p>}
        {near && (
          <p class="rev-near">
            <Button busy={busy} onClick={near.add}>{say("rev_use_near", { title: near.title })}</Button>
          </p>
        )}
        <div class="buttons">
          <Button onClick={close}>{sayShared("cancel")}</Button>
          <Button kind="main" type="submit" busy={busy} aria-disabled={!isReady}>{say("rev_save")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Delay after the last letter before answers are searched. Milliseconds. */
const restMs = 150;

/** Another answer than those that came near, by its title. */
export function OtherAnswerDialog(
  { choose, close }: { choose(id: string): void; close(): void },
) {
  const [q, setQ] = useState(""), [found, setFound] = useState<AnswerPage["answers"]>();
  const asking = useRef(0);
  useEffect(() => {
    const mine = ++asking.current;
    const timer = setTimeout(async () => {
      const query = new URLSearchParams({ limit: "20", ...(q.trim() && { q: q.trim() }) });
      const page = await call<AnswerPage>("GET", `/messages/api/answers?${query}`).catch(() => undefined);
      if (mine === asking.current) setFound(page?.answers ?? []);
    }, restMs);
    return () => clearTimeout(timer);
  }, [q]);
  return (
    <Dialog title={say("rev_another")} close={close} class="rev-dialog">
      <label class="rev-field">
        <span>{say("rev_search")}</span>
        <input
          autofocus
          type="text"
          dir="auto"
          value={q}
          onInput={({ currentTarget }) => setQ(currentTarget.value)}
        />
      </label>
      <ul class="rev-found" aria-label={say("rev_another")}>
        {found?.map(({ id, title, excerpt }) => (
          <li key={id}>
            <button type="button" onClick={() => choose(id)}>
              <bdi>{title}</bdi>
              <span class="rev-excerpt" dir="auto">{excerpt}</span>
            </button>
          </li>
        ))}
      </ul>
      {found?.length === 0 && <p class="rev-since" role="status">{say("rev_search_none")}</p>}
    </Dialog>
  );
}
