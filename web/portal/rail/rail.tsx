import { Icon } from "../controls/icon.tsx";
import { Logo } from "../controls/logo.tsx";
import { Availability } from "../inbox/availability.tsx";
import { countOf } from "../inbox/tab.ts";
import { useLive } from "../service/live_context.ts";
import { MainMenu } from "../shell/main_menu.tsx";
import { minute } from "../shell/now.ts";
import { botPath, boxPath, searchPath, settingsPath } from "../shell/paths.ts";
import { locale, say } from "../words/words.ts";
import { type View, viewsOf } from "./views.ts";

/** Lists whose count means that somebody has to act. */
const calls = ["unassigned", "waiting", "mentions"];

/** The column of lists, where several members answer. */
export function Rail({ showKeys, isShown }: { showKeys(): void; isShown: boolean }) {
  const live = useLive();
  return (
    <nav class="rail" aria-label={say("lists")}>
      <div class="rail-head">
        <Logo />
        <span class="rail-title">{live.chatbot.value?.title ?? live.username}</span>
        <MainMenu showKeys={showKeys} />
      </div>
      <a class="rail-search" href={searchPath()}>
        <Icon shape="search" /> <span>{say("search")}</span> <kbd aria-hidden="true">/</kbd>
      </a>
      <div class="rail-lists">
        {viewsOf(live).map(({ title, views }, i) =>
          views.length > 0 && (
            <div class="rail-group" key={i}>
              {title && <h2>{title}</h2>}
              <ul>{views.map((view) => <RailItem key={view.tab} view={view} isShown={isShown} />)}</ul>
            </div>
          )
        )}
      </div>
      <div class="rail-foot">
        <a class="view" href={botPath} title={say("chatbot")}>
          <Icon shape="bot" /> <span class="view-name">{say("chatbot")}</span>
        </a>
        <a class="view" href={settingsPath()} title={say("settings")}>
          <Icon shape="settings" /> <span class="view-name">{say("settings")}</span>
        </a>
        <Availability />
      </div>
    </nav>
  );
}

function RailItem({ view: { tab, name, icon, colour }, isShown }: { view: View; isShown: boolean }) {
  const { inbox } = useLive();
  const count = tab === "resolved" ? undefined : countOf(inbox.counts.value, tab);
  const isCalling = count !== undefined && count > 0 && calls.includes(tab);
  const isLate = tab === "waiting" && inbox.hasOverdue(minute.value);
  return (
    <li>
      <a
        class={`view ${isCalling ? "calls" : ""} ${isLate ? "late" : ""}`}
        href={boxPath(tab)}
        title={name}
        data-tab={tab}
        aria-current={isShown && inbox.tab.value === tab ? "page" : undefined}
      >
        {icon ? <Icon shape={icon} /> : <span class="label-dot" style={{ "--label": colour }} />}
        <bdi class="view-name">{name}</bdi>
        {count !== undefined && count > 0 && (
          <span class="view-count">{new Intl.NumberFormat(locale()).format(count)}</span>
        )}
      </a>
    </li>
  );
}
