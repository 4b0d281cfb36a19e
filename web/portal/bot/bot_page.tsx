import { useLayoutEffect, useRef } from "preact/hooks";
import { addStyle } from "../controls/add_style.ts";
import { Icon } from "../controls/icon.tsx";
import { lazy } from "../controls/lazy.tsx";
import { useLive } from "../service/live_context.ts";
import { roleMay } from "../service/roles.ts";
import { NotFoundPage } from "../shell/not_found.tsx";
import { inboxPath } from "../shell/paths.ts";
import { say as sayShared } from "../words/words.ts";
import { Drawing } from "./controls/drawing.tsx";
import { type TabName, tabNamed, tabPath, tabs } from "./tabs.ts";
import { say } from "./words/bot_words.ts";
import style from "./bot.css" with { type: "text" };

addStyle(style);

const parts = {
  answers: lazy(async () => (await import("./answers/answers_part.tsx")).AnswersPart),
  articles: lazy(async () => (await import("./articles/articles_part.tsx")).ArticlesPart),
  flows: lazy(async () => (await import("./flows/flows_part.tsx")).FlowsPart),
  review: lazy(async () => (await import("./review/review_part.tsx")).ReviewPart),
  try: lazy(async () => (await import("./try/try_part.tsx")).TryPart),
  settings: lazy(async () => (await import("./settings/settings_part.tsx")).SettingsPart),
};

/** `/messages/bot` and `/messages/bot/TAB`. */
export function BotPage({ tab, item, go }: { tab?: string; item?: string; go(path: string): void }) {
  const { team, workspace, username } = useLive();
  const role = team.you.value?.role ?? (workspace === username ? "owner" : undefined);
  const name = tabNamed(tab);
  if (!name) return <NotFoundPage />;
  const Part = parts[name], mayEdit = roleMay(role, "content");
  return (
    <main class="bot-page" id="main" tabIndex={-1}>
      <Tabs present={name} />
      <div class="bot-part" key={name}>
        {role !== undefined && !mayEdit && <p class="bot-banner">{say("bot_read_only")}</p>}
        <Part item={item} mayEdit={mayEdit} go={go} />
      </div>
    </main>
  );
}

function Tabs({ present }: { present: TabName }) {
  const list = useRef<HTMLUListElement>(null);
  // On a phone the tabs are one row that scrolls.
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [present]);
  return (
    <nav class="bot-nav" aria-label={sayShared("chatbot")}>
      <a class="bot-back" href={inboxPath}>
        <Icon shape="back" /> <span>{sayShared("inbox")}</span>
      </a>
      <ul ref={list}>
        {tabs.map(({ name, icon }) => (
          <li key={name}>
            <a class="bot-tab" href={tabPath(name)} aria-current={name === present ? "page" : undefined}>
              <Drawing shape={icon} /> {say(`bot_${name}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
