import { Field } from "../../controls/field.tsx";
import { useLive } from "../../service/live_context.ts";
import type { ItemEditorProps } from "../controls/items_part.tsx";
import { ItemForm } from "../controls/item_form.tsx";
import { TextArea } from "../controls/text_area.tsx";
import { draftOf } from "../state/item_draft.ts";
import { type ArticleEdited, type ArticleFields, articleKind } from "../state/kinds.ts";
import { problemAt } from "../state/problem_at.ts";
import { say } from "../words/knowledge_words.ts";

/** An article: its title, where it can be read, and its text. */
export function ArticleEditor({ id, mayEdit, ...rest }: ItemEditorProps) {
  const { username, workspace } = useLive();
  const draft = draftOf<ArticleFields, ArticleEdited>(articleKind, { username, workspace, id });
  const { title, url, body } = draft.now.value, wrong = draft.wrong.value;
  return (
    <ItemForm {...{ draft, mayEdit, ...rest }} tab="articles" title={say("kn_new_article")}>
      <Field
        label={say("kn_article_title")}
        dir="auto"
        maxLength={120}
        value={title}
        autoFocus={id === undefined}
        problem={problemAt(wrong, "title")}
        onInput={({ currentTarget }) => draft.set({ title: currentTarget.value })}
      />
      <Field
        label={say("kn_article_url")}
        hint={say("kn_article_url_hint")}
        type="url"
        dir="ltr"
        placeholder="https://"
        value={url}
        problem={problemAt(wrong, "url")}
        onInput={({ currentTarget }) => draft.set({ url: currentTarget.value.trim() })}
      />
      <TextArea
        label={say("kn_article_body")}
        hint={say("kn_article_body_hint")}
        rows={16}
        value={body}
        problem={problemAt(wrong, "body")}
        onChange={(body) => draft.set({ body })}
      />
    </ItemForm>
  );
}
