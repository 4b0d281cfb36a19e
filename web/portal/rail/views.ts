import type { Shape } from "../controls/icon.tsx";
import type { Tab } from "../inbox/tab.ts";
import type { Live } from "../service/live.ts";
import { say, type Word } from "../words/words.ts";

/** One list of the rail. */
export interface View {
  tab: Tab;
  name: string;
  icon?: Shape;
  /** Colour of a label. */
  colour?: string;
}

const named = (tab: Tab, word: Word, icon: Shape): View => ({ tab, name: say(word), icon });

/** The lists of a workspace with several members, in groups. */
export function viewsOf({ team, inbox }: Live): { title?: string; views: View[] }[] {
  const counts = inbox.counts.value;
  return [
    {
      views: [
        named("mine", "box_mine", "user"),
        named("unassigned", "box_unassigned", "nobody"),
        named("waiting", "box_waiting", "clock"),
        named("mentions", "box_mentions", "at"),
        named("open", "tab_all", "inbox"),
      ],
    },
    {
      title: say("teams"),
      views: team.teams.value.map(({ id, name }) => ({ tab: `team:${id}`, name, icon: "users" })),
    },
    { title: say("labels"), views: labelViews(team.labels.value) },
    {
      views: [
        ...counts?.bot ? [named("bot", "box_bot", "bot")] : [],
        named("snoozed", "box_snoozed", "moon"),
        named("resolved", "tab_resolved", "check"),
      ],
    },
  ];
}

export const labelViews = (labels: Live["team"]["labels"]["value"]): View[] =>
  labels.map(({ id, name, colour }) => ({ tab: `label:${id}`, name, colour }));

/** The name of a list, as its heading. */
export function nameOfTab(live: Live, tab: Tab): string {
  const found = viewsOf(live).flatMap(({ views }) => views).find((view) => view.tab === tab);
  return found?.name ?? (tab === "unread" ? say("tab_unread") : say("inbox"));
}
