import "../knowledge_style.ts";
import { useEffect, useMemo } from "preact/hooks";
import type { ArticleRow } from "../../../../protocol/knowledge.ts";
import { useLive } from "../../service/live_context.ts";
import { ItemRows } from "../controls/item_rows.tsx";
import { Split } from "../controls/split.tsx";
import { toggleItem } from "../controls/toggle_item.ts";
import { ItemList } from "../state/item_list.ts";
import { type BotPartProps, tabPath } from "../tabs.ts";
import { say as sayBot } from "../words/bot_words.ts";
import { count, say } from "../words/knowledge_words.ts";
import { ArticleEditor } from "./article_editor.tsx";
import { ImportPage } from "./import_page.tsx";

/** `/messages/bot/articles`, `/new`, `/import` and `/ID`. */
export function ArticlesPart({ item, mayEdit, go }: BotPartProps) {
  const live = useLive();
  const list = useMemo(() => new ItemList<ArticleRow>("articles"), [live]);
  useEffect(() => {
    void list.load();
    return () => list.stop();
  }, [list]);
  if (item === "import" && mayEdit) {
    return <ImportPage tab="articles" onImported={() => void list.load()} />;
  }
  const isEmpty = list.total.value === 0 && item === undefined;
  return (
    <Split
      title={sayBot("bot_articles")}
      tab="articles"
      item={item}
      add={mayEdit ? say("kn_new_article") : undefined}
      rows={!isEmpty && (
        <ItemRows
          {...{ list, item, mayEdit }}
          tab="articles"
          about={aboutArticle}
          toggle={(row) => void toggleItem(live, list, row)}
        />
      )}
    >
      {isEmpty ? <NoArticles mayEdit={mayEdit} /> : item !== undefined && (
        <ArticleEditor
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

function aboutArticle({ passages, source, excerpt }: ArticleRow): string {
  const from = source === "page" ? say("kn_page") : source === "import" ? say("kn_imported") : excerpt;
  return [count("kn_passages", passages), from].join(" · ");
}

function NoArticles({ mayEdit }: { mayEdit: boolean }) {
  return (
    <div class="bot-nothing bot-first">
      <h2>{say("kn_empty_articles")}</h2>
      <p>{mayEdit ? say("kn_empty_articles_text") : say("kn_none_read")}</p>
      {mayEdit && (
        <div class="buttons">
          <a class="button main" href={tabPath("articles", "import")}>{say("kn_import")}</a>
          <a class="button plain" href={tabPath("articles", "new")}>{say("kn_write_first")}</a>
        </div>
      )}
    </div>
  );
}
