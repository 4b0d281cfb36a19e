import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Button } from "../../controls/button.tsx";
import { Icon } from "../../controls/icon.tsx";
import { useLive } from "../../service/live_context.ts";
import { failureWords } from "../../words/failure_words.ts";
import { fullWhen, shortWhen } from "../../words/times.ts";
import { say as sayShared } from "../../words/words.ts";
import type { ItemList } from "../state/item_list.ts";
import { hasDraft } from "../state/item_draft.ts";
import { type TabName, tabPath } from "../tabs.ts";
import { say } from "../words/knowledge_words.ts";

/** An answer or an article in the list. */
export interface Row {
  id: string;
  title: string;
  enabled: boolean;
  version: number;
  updated: string;
}

interface ItemRowsProps<R extends Row> {
  list: ItemList<R>;
  tab: TabName;
  item?: string | undefined;
  mayEdit: boolean;
  /** The second line of a row. */
  about(row: R): ComponentChildren;
  toggle(row: R): void;
}

/** Answers or articles by title: what is looked for, rows with their switches. */
export function ItemRows<R extends Row>({ list, ...rest }: ItemRowsProps<R>) {
  const rows = list.rows.value, state = list.state.value, q = list.q.value.trim();
  const id = useId();
  return (
    <>
      <div class="bot-search">
        <Icon shape="search" />
        <label class="spoken" for={id}>{say("kn_search")}</label>
        <input
          id={id}
          type="search"
          placeholder={say("kn_search")}
          value={list.q.value}
          onInput={({ currentTarget }) => list.search(currentTarget.value)}
        />
      </div>
      <div class="bot-rows" aria-busy={state === "loading"}>
        {state === "failed" && (
          <div class="bot-message" role="alert">
            <p>{failureWords(list.error)}</p>
            <Button onClick={() => void list.load()}>{sayShared("try_again")}</Button>
          </div>
        )}
        {rows.length > 0 && <ul>{rows.map((row) => <ItemRow key={row.id} row={row} {...rest} />)}</ul>}
        {rows.length === 0 && state === "loading" && (
          <div class="bot-skeleton" aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
        )}
        {rows.length === 0 && state === "there" && q && (
          <p class="bot-message" role="status">{say("kn_nothing", { q })}</p>
        )}
        {list.hasMore.value && (
          <Button
            class="bot-more"
            busy={state === "loading"}
            onClick={() => void list.more()}
          >
            {say("kn_more")}
          </Button>
        )}
      </div>
    </>
  );
}

function ItemRow<R extends Row>(
  { row, tab, item, mayEdit, about, toggle }: { row: R } & Omit<ItemRowsProps<R>, "list">,
) {
  const { username, workspace } = useLive(), at = Date.parse(row.updated);
  return (
    <li class={`bot-row ${row.enabled ? "" : "is-off"}`}>
      <a href={tabPath(tab, row.id)} aria-current={row.id === item ? "true" : undefined}>
        <span class="bot-row-line">
          <bdi class="bot-row-title">{row.title}</bdi>
          {hasDraft(username, workspace, `/messages/api/${tab}`, row.id) && (
            <>
              <span class="bot-mark" />
              <span class="spoken">{say("kn_unsaved")}</span>
            </>
          )}
          <time dateTime={row.updated} title={fullWhen(at)}>{shortWhen(at)}</time>
        </span>
        <span class="bot-row-about">{about(row)}</span>
      </a>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        checked={row.enabled}
        disabled={!mayEdit}
        aria-label={say("kn_on", { title: row.title })}
        onChange={() => toggle(row)}
      />
    </li>
  );
}
