import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../controls/button.tsx";
import { call } from "../../service/calls.ts";
import { useLive } from "../../service/live_context.ts";
import { isNarrow } from "../../shell/layout.ts";
import { fullWhen, shortWhen } from "../../words/times.ts";
import { say as sayShared } from "../../words/words.ts";
import type { ItemDraft } from "../state/item_draft.ts";
import { type TabName, tabPath } from "../tabs.ts";
import { say } from "../words/knowledge_words.ts";
import { Clashes } from "./clash.tsx";
import { SaveLine } from "./save_line.tsx";
import { toastFailure, toastWithUndo } from "./undo.ts";

interface ItemFormProps {
  // deno-lint-ignore no-explicit-any
  draft: ItemDraft<any, any>;
  tab: TabName;
  /** Title of the form while the item has none. */
  title: string;
  mayEdit: boolean;
  onChanged(): void;
  go(path: string): void;
  children: ComponentChildren;
  /** Beside the form, where there is room. */
  aside?: ComponentChildren;
}

/** The form of an answer or an article: what is wrong, what clashes, saving, deleting. */
export function ItemForm({ draft, tab, title, mayEdit, onChanged, go, children, aside }: ItemFormProps) {
  const live = useLive();
  const form = useRef<HTMLFormElement>(null), [savedCount, countSaved] = useState(0);
  const saved = draft.saved.value;
  useEffect(() => void draft.load(), [draft]);
  useEffect(() => {
    if (Object.keys(draft.wrong.value).length === 0) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [draft.wrong.value]);
  const save = async () => {
    const done = await draft.save();
    if (!done) return;
    countSaved((n) => n + 1);
    onChanged();
    if (draft.id === undefined) go(tabPath(tab, done.id));
  };
  const remove = async () => {
    try {
      await call("DELETE", `${draft.kind.path}/${draft.id}`);
    } catch (error) {
      return toastFailure(live, error);
    }
    draft.discard();
    onChanged();
    go(tabPath(tab));
    await toastWithUndo(live, say("kn_deleted", { title: saved.title }), onChanged);
  };
  // On a phone the list with its heading is a page of its own.
  const Heading = isNarrow.value ? "h1" : "h2";
  if (draft.id !== undefined && !saved) {
    if (draft.isGone.value) return <p class="bot-message" role="alert">{say("kn_gone")}</p>;
    if (!draft.problem.value) return <div class="bot-skeleton" aria-busy="true" />;
    return (
      <div class="bot-message" role="alert">
        <p>{draft.problem.value}</p>
        <Button onClick={() => void draft.load()}>{sayShared("try_again")}</Button>
      </div>
    );
  }
  return (
    <div class="bot-item">
      <form
        ref={form}
        class="bot-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        onKeyDown={(event) => {
          const isSaving = (event.ctrlKey || event.metaKey) && (event.key === "Enter" || event.key === "s");
          if (!isSaving) return;
          event.preventDefault();
          if (mayEdit && draft.isChanged.value) void save();
        }}
      >
        <header class="bot-form-head">
          <Heading>
            <bdi>{draft.now.value.title || title}</bdi>
          </Heading>
          {saved && (
            <p class="bot-hint">
              <Changed {...saved} />
            </p>
          )}
          {saved && mayEdit && (
            <Button kind="quiet" icon="trash" onClick={() => void remove()}>{say("kn_delete")}</Button>
          )}
        </header>
        <Clashes draft={draft} keepOurs={() => void save()} />
        <fieldset class="bot-fields" disabled={!mayEdit}>{children}</fieldset>
        {mayEdit && <SaveLine draft={draft} savedCount={savedCount} />}
      </form>
      {aside}
    </div>
  );
}

function Changed({ updated, by }: { updated: string; by?: string }) {
  const at = Date.parse(updated), name = useLive().team.member(by)?.name;
  const when = shortWhen(at);
  return (
    <time dateTime={updated} title={fullWhen(at)}>
      {name ? say("kn_changed_by", { when, name }) : say("kn_changed", { when })}
    </time>
  );
}
