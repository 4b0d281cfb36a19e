import "../knowledge_style.ts";
import type { ComponentChildren, FunctionComponent } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { useLive } from "../../service/live_context.ts";
import { ImportPage } from "../articles/import_page.tsx";
import { ItemList } from "../state/item_list.ts";
import type { BotPartProps } from "../tabs.ts";
import { say } from "../words/bot_words.ts";
import { ItemRows, type Row } from "./item_rows.tsx";
import { Split } from "./split.tsx";
import { toggleItem } from "./toggle_item.ts";

/** Properties of an item's editor. */
export interface ItemEditorProps {
  /** Absent: a new one. */
  id?: string | undefined;
  mayEdit: boolean;
  onChanged(): void;
  go(path: string): void;
}

interface ItemsPartProps<R extends Row> extends BotPartProps {
  tab: "answers" | "articles";
  /** What one writes a new item with. */
  add: string;
  /** The second line of a row. */
  about(row: R): string;
  Editor: FunctionComponent<ItemEditorProps>;
  /** Shown while there is no item. `load` loads the list again. */
  nothing(load: () => void): ComponentChildren;
}

/** The list of answers or articles, and the one that is open; their import. */
export function ItemsPart<R extends Row>(
  { item, mayEdit, go, tab, add, about, Editor, nothing }: ItemsPartProps<R>,
) {
  const live = useLive();
  const list = useMemo(() => new ItemList<R>(tab), [live]), load = () => void list.load();
  useEffect(() => {
    load();
    return () => list.stop();
  }, [list]);
  if (item === "import" && mayEdit) return <ImportPage tab={tab} onImported={load} />;
  const isEmpty = list.total.value === 0 && item === undefined;
  return (
    <Split
      title={say(`bot_${tab}`)}
      tab={tab}
      item={item}
      add={mayEdit ? add : undefined}
      rows={!isEmpty && (
        <ItemRows
          {...{ list, item, mayEdit, tab, about }}
          toggle={(row) => void toggleItem(live, list, row)}
        />
      )}
    >
      {isEmpty ? nothing(load) : item !== undefined && (
        <Editor
          key={item}
          id={item === "new" ? undefined : item}
          mayEdit={mayEdit}
          onChanged={load}
          go={go}
        />
      )}
    </Split>
  );
}
