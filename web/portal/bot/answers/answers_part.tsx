import "../knowledge_style.ts";
import { useEffect, useMemo } from "preact/hooks";
import type { AnswerRow } from "../../../../protocol/knowledge.ts";
import { useLive } from "../../service/live_context.ts";
import { ImportPage } from "../articles/import_page.tsx";
import { ItemRows } from "../controls/item_rows.tsx";
import { Split } from "../controls/split.tsx";
import { toggleItem } from "../controls/toggle_item.ts";
import { ItemList } from "../state/item_list.ts";
import type { BotPartProps } from "../tabs.ts";
import { say as sayBot } from "../words/bot_words.ts";
import { count, say } from "../words/knowledge_words.ts";
import { AnswerEditor } from "./answer_editor.tsx";
import { NoAnswers } from "./no_answers.tsx";

/** `/messages/bot/answers`, `/new`, `/import` and `/ID`. */
export function AnswersPart({ item, mayEdit, go }: BotPartProps) {
  const live = useLive();
  const list = useMemo(() => new ItemList<AnswerRow>("answers"), [live]);
  useEffect(() => {
    void list.load();
    return () => list.stop();
  }, [list]);
  if (item === "import" && mayEdit) {
    return <ImportPage tab="answers" onImported={() => void list.load()} />;
  }
  const isEmpty = list.total.value === 0 && item === undefined;
  return (
    <Split
      title={sayBot("bot_answers")}
      tab="answers"
      item={item}
      add={mayEdit ? say("kn_new_answer") : undefined}
      rows={!isEmpty && (
        <ItemRows
          {...{ list, item, mayEdit }}
          tab="answers"
          about={aboutAnswer}
          toggle={(row) => void toggleItem(live, list, row)}
        />
      )}
    >
      {isEmpty
        ? <NoAnswers mayEdit={mayEdit} onStarted={() => void list.load()} />
        : item !== undefined && (
          <AnswerEditor
            key={item}
            id={item === "new" ? undefined : item}
            mayEdit={mayEdit}
            onChanged={() => void list.load()}
            go={go}
          />
        )}
    </Split>
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
