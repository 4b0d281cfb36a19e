import type { ChatbotSettings } from "../../../protocol/chatbot.ts";

/** The pages of the settings, in order, and which of the chatbot's fields each edits. */
export const sections = [
  {
    name: "chatbot",
    fields: [
      "title",
      "subtitle",
      "greeting",
      "away_message",
      "accent",
      "position",
      "launcher_text",
      "avatar_url",
      "locale",
      "prechat",
      "require_identity",
    ],
  },
  { name: "install", fields: ["allowed_origins"] },
  { name: "hours", fields: ["business_hours"] },
  { name: "identity", fields: [] },
  { name: "notifications", fields: [] },
  { name: "data", fields: ["collect"] },
  { name: "blocked", fields: [] },
  { name: "account", fields: [] },
] as const satisfies { name: string; fields: readonly (keyof ChatbotSettings)[] }[];

export type SectionName = typeof sections[number]["name"];

/** The section of an address; the first for none, or for an unknown one. */
export function sectionNamed(name: string | undefined): SectionName {
  return sections.find((section) => section.name === name)?.name ?? "chatbot";
}

/** The section that edits a field, by the service's name of it: `prechat.email`. */
export function sectionOf(field: string): SectionName | undefined {
  const [top] = field.split(".");
  return sections.find(({ fields }) => (fields as readonly string[]).includes(top!))?.name;
}

export const contentsAddress = "/messages/settings";
export const addressOf = (name: SectionName) => `${contentsAddress}/${name}`;
