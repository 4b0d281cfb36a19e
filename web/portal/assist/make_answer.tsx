import { useEffect, useState } from "preact/hooks";
import type { AnswerDraft } from "../../../protocol/bot_review.ts";
import { NewAnswerDialog } from "../bot/review/answer_dialogs.tsx";
import { call } from "../service/calls.ts";
import { useLive } from "../service/live_context.ts";
import { failureWords } from "../words/failure_words.ts";
import { say } from "./assist_words.ts";

/** Makes an answer of a text of the team, with the visitor's question before it as its title and first phrase. */
export function MakeAnswer({ consumer, seq, close }: { consumer: string; seq: number; close(): void }) {
  const { desk } = useLive();
  const [draft, setDraft] = useState<AnswerDraft>(), [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const end = (text: string, isAlert = false) => {
    desk.toast.value = { text, isAlert };
    close();
  };
  useEffect(() => {
    const query = new URLSearchParams({ consumer, seq: String(seq) });
    call<AnswerDraft>("GET", `/messages/api/bot/draft?${query}`)
      .then(
        setDraft,
        (error) => end(error.code === "not_found" ? say("ast_make_gone") : failureWords(error), true),
      );
  }, [consumer, seq]);
  if (!draft) return null;
  const { question, near, body } = draft;
  const send = async (route: string, sent: unknown, told: string) => {
    setBusy(true);
    try {
      await call("POST", `/messages/api/${route}`, sent);
      end(told);
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  const questions = question && [{ consumer: question.consumer, seq: question.seq }];
  return (
    <NewAnswerDialog
      draft={{ title: question?.text ?? "", body }}
      busy={busy}
      error={error}
      near={questions && near && {
        title: near.title,
        add: () =>
          void send("bot/review", { questions, answer: near.id }, say("ast_added", { title: near.title })),
      }}
      save={(answer) => {
        const told = say("ast_made", { title: answer.title });
        void (questions
          ? send("bot/review", { questions, new: answer }, told)
          : send("answers", { ...answer, source: "learned" }, told));
      }}
      close={close}
    />
  );
}
