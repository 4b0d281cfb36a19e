import type { AnswerRow } from "../../../../protocol/knowledge.ts";
import { ItemsPart } from "../controls/items_part.tsx";
import type { BotPartProps } from "../tabs.ts";
import { count, say } from "../words/knowledge_words.ts";
import { AnswerEditor } from "./answer_editor.tsx";
import { NoAnswers } from "./no_answers.tsx";

/** `/messages/bot/answers`, `/new`, `/import` and `/ID`. */
export function AnswersPart(props: BotPartProps) {
  return (
    <ItemsPart<AnswerRow>
      {...props}
      tab="answers"
      add={say("kn_new_answer")}
      about={aboutAnswer}
      Editor={AnswerEditor}
      nothing={(load) => <NoAnswers mayEdit={props.mayEdit} onStarted={load} />}
    />
  );
}

const sources: Partial<Record<AnswerRow["source"], Parameters<typeof say>[0]>> = {
  learned: "kn_learned",
  import: "kn_imported",
  starter: "kn_starter",
};

function aboutAnswer({ phrases, locales, source, excerpt }: AnswerRow): string {
  const parts = [count("kn_phrases", phrases)];
  if (locales.length > 0) parts.push(count("kn_languages", locales.length));
  const from = sources[source];
  parts.push(from ? say(from) : excerpt);
  return parts.join(" · ");
}
