import { botPath } from "../shell/paths.ts";

/** The tabs of the chatbot's page, in order, each with its drawing on a 24 × 24 grid. */
export const tabs = [
  {
    name: "answers",
    icon: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.01",
  },
  { name: "articles", icon: "M12 6c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2c2-1.5 5-2 8-2V4c-3 0-6 .5-8 2v14" },
  { name: "flows", icon: "M4 4h6v6H4zM14 14h6v6h-6zM7 10v4a3 3 0 0 0 3 3h4" },
  { name: "review", icon: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M8 12.5l3 3l5-6" },
  { name: "try", icon: "M5 5h14v11h-7l-4 4v-4H5zM9 10.5h6" },
  { name: "settings", icon: "M4 7h10M18 7h2M14 4.5v5M4 17h2M10 17h10M8 14.5v5" },
] as const;

export type TabName = typeof tabs[number]["name"];

/** The tab of an address; the first for none. Undefined for an unknown one. */
export const tabNamed = (name = "answers"): TabName | undefined =>
  tabs.find((tab) => tab.name === name)?.name;

/** Path of a tab, or of what is opened in it. */
export const tabPath = (tab: TabName, item?: string): string =>
  `${botPath}/${tab}${item ? `/${encodeURIComponent(item)}` : ""}`;

/** Properties of each tab's page. */
export interface BotPartProps {
  /** What is opened in it, by the address: an id, or a word of the tab's own. */
  item?: string;
  /** Whether this member may change what the bot says. */
  mayEdit: boolean;
  go(path: string): void;
}
