import { useEffect, useState } from "preact/hooks";
import type { BotTried } from "../../../../protocol/bot_try.ts";
import { Button } from "../../controls/button.tsx";
import { call } from "../../service/calls.ts";
import { useLive } from "../../service/live_context.ts";
import { Select } from "../controls/select.tsx";
import { toastFailure, toastWithUndo } from "../controls/undo.ts";
import { answerTitles, type Titled } from "../state/titles.ts";
import { say } from "../words/console_words.ts";

/** Makes the question that was tried a phrase of an answer, the likeliest one first. */
export function AddPhrase({ text, told, onAdded }: { text: string; told: BotTried; onAdded(): void }) {
  const live = useLive();
  const [titles, setTitles] = useState<readonly Titled[]>([]), [chosen, choose] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => void answerTitles().then(setTitles, () => {}), []);
  const likely = told.guesses.map(({ id }) => id).filter((id) => titles.some(([own]) => own === id));
  const id = chosen ?? likely[0] ?? titles[0]?.[0];
  if (id === undefined) return null;
  const options = titles.toSorted(([one], [other]) => rank(likely, one) - rank(likely, other));
  const add = async () => {
    setBusy(true);
    try {
      await call("POST", `/messages/api/answers/${id}/phrases`, { phrase: text.slice(0, 300) });
      onAdded();
      await toastWithUndo(live, say("try_added", { title: titles.find(([own]) => own === id)![1] }), onAdded);
    } catch (error) {
      toastFailure(live, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="bot-group" aria-labelledby="bot-add">
      <h2 id="bot-add">{say("try_add")}</h2>
      <Select label={say("try_add_to")} isBare options={options} value={id} onChange={choose} />
      <div class="buttons">
        <Button busy={isBusy} onClick={() => void add()}>{say("try_add_now")}</Button>
      </div>
    </section>
  );
}

const rank = (likely: readonly string[], id: string) =>
  likely.includes(id) ? likely.indexOf(id) : likely.length;
