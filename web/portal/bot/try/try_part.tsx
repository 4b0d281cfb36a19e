import "../knowledge_style.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import type { BotTried } from "../../../../protocol/bot_try.ts";
import { Button } from "../../controls/button.tsx";
import { Field } from "../../controls/field.tsx";
import { call } from "../../service/calls.ts";
import { failureWords } from "../../words/failure_words.ts";
import { PartHead } from "../controls/part_head.tsx";
import type { BotPartProps } from "../tabs.ts";
import { say as sayBot } from "../words/bot_words.ts";
import { say } from "../words/console_words.ts";
import { AddPhrase } from "./add_phrase.tsx";
import { Card } from "./report_card.tsx";
import { Tried } from "./tried.tsx";

/** `/messages/bot/try`: what the bot would say, and why; and how well its answers can be told apart. */
export function TryPart({ mayEdit }: BotPartProps) {
  const [text, type] = useState(""),
    [problem, setProblem] = useState(""),
    [isBusy, setBusy] = useState(false);
  const [tried, setTried] = useState<{ text: string; told: BotTried }>(), [changes, setChanges] = useState(0);
  const asking = useRef(0);
  useEffect(() => () => void asking.current++, []);
  const ask = async (text: string) => {
    const own = ++asking.current;
    setBusy(true);
    setProblem("");
    try {
      const told = await call<BotTried>("POST", "/messages/api/bot/try", { text });
      if (own === asking.current) setTried({ text, told });
    } catch (error) {
      if (own === asking.current) setProblem(failureWords(error));
    } finally {
      if (own === asking.current) setBusy(false);
    }
  };
  return (
    <div class="bot-column">
      <PartHead title={sayBot("bot_try")} hint={say("try_hint")} />
      <div class="bot-console">
        <div class="bot-fields">
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              if (text.trim()) void ask(text.trim());
            }}
          >
            <Field
              label={say("try_question")}
              dir="auto"
              maxLength={1000}
              value={text}
              autoFocus
              problem={problem}
              onInput={({ currentTarget }) => type(currentTarget.value)}
              after={
                <Button class="bot-ask" kind="main" type="submit" busy={isBusy}>{say("try_ask")}</Button>
              }
            />
          </form>
          <p class="spoken" role="status">
            {isBusy ? say("try_asking") : tried ? say(`try_${tried.told.kind}`) : ""}
          </p>
          {tried && <Tried {...tried} />}
          {tried && mayEdit && (
            <AddPhrase
              key={tried.text}
              {...tried}
              onAdded={() => {
                setChanges((n) => n + 1);
                void ask(tried.text);
              }}
            />
          )}
        </div>
        <Card key={changes} />
      </div>
    </div>
  );
}
