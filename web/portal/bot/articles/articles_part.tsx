import type { ArticleRow } from "../../../../protocol/knowledge.ts";
import { ItemsPart } from "../controls/items_part.tsx";
import { type BotPartProps, tabPath } from "../tabs.ts";
import { count, say } from "../words/knowledge_words.ts";
import { ArticleEditor } from "./article_editor.tsx";

/** `/messages/bot/articles`, `/new`, `/import` and `/ID`. */
export function ArticlesPart(props: BotPartProps) {
  return (
    <ItemsPart<ArticleRow>
      {...props}
      tab="articles"
      add={say("kn_new_article")}
      about={aboutArticle}
      Editor={ArticleEditor}
      nothing={() => <NoArticles mayEdit={props.mayEdit} />}
    />
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
