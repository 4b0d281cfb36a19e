import type { ComponentChildren } from "preact";
import { Icon } from "../../controls/icon.tsx";
import { isNarrow } from "../../shell/layout.ts";
import { type TabName, tabPath } from "../tabs.ts";
import { say } from "../words/knowledge_words.ts";
import { Drawing, drawings } from "./drawing.tsx";

interface SplitProps {
  title: string;
  tab: TabName;
  item?: string | undefined;
  /** Label of the link to a new one, for those who may. */
  add?: string | undefined;
  rows: ComponentChildren;
  /** What is opened; nothing where nothing is. */
  children: ComponentChildren;
}

/** A list beside what is opened of it; on a phone one of them. */
export function Split({ title, tab, item, add, rows, children }: SplitProps) {
  return (
    <div class="bot-split" data-at={item === undefined && rows ? "list" : "item"}>
      {(rows || !isNarrow.value) && (
        <section class="bot-list" aria-labelledby="bot-title">
          <header class="bot-list-head">
            <h1 id="bot-title" tabIndex={-1}>{title}</h1>
            {add && (
              <>
                <a
                  class="icon-button"
                  href={tabPath(tab, "import")}
                  title={say("kn_import")}
                  aria-label={say("kn_import")}
                >
                  <Icon shape="down" />
                </a>
                <a class="icon-button" href={tabPath(tab, "new")} title={add} aria-label={add}>
                  <Drawing shape={drawings.add} />
                </a>
              </>
            )}
          </header>
          {rows}
        </section>
      )}
      <div class="bot-opened">
        {rows && item !== undefined && (
          <a class="bot-up" href={tabPath(tab)}>
            <Icon shape="back" /> {say("kn_back")}
          </a>
        )}
        {!rows && isNarrow.value && <h1 class="bot-only">{title}</h1>}
        {children || (
          <div class="bot-nothing">
            <h2>{say("kn_choose")}</h2>
            <p>{say("kn_choose_text")}</p>
          </div>
        )}
      </div>
    </div>
  );
}
