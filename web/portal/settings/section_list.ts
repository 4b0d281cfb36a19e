import type { ChatbotSettings } from "../../../protocol/chatbot.ts";
import { type Act, roleMay } from "../service/roles.ts";
import type { Role } from "../service/workspace.ts";

/** The pages of the settings, in order and by group, which of the chatbot's fields each edits, and for whom it is. */
export const sections = [
  {
    name: "chatbot",
    group: "chat",
    act: "content",
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
  { name: "install", group: "chat", act: "content", fields: ["allowed_origins"] },
  { name: "hours", group: "chat", act: "content", fields: ["business_hours", "holidays"] },
  { name: "members", group: "team", act: "read", fields: [] },
  { name: "teams", group: "team", act: "content", fields: [] },
  { name: "labels", group: "team", act: "content", fields: [] },
  { name: "canned", group: "team", act: "own_canned", fields: [] },
  { name: "assignment", group: "team", act: "content", fields: ["assignment"] },
  { name: "targets", group: "team", act: "content", fields: ["sla"] },
  { name: "identity", group: "workspace", act: "secrets", fields: [] },
  { name: "data", group: "workspace", act: "content", fields: ["collect"] },
  { name: "blocked", group: "workspace", act: "block", fields: [] },
  { name: "audit", group: "workspace", act: "audit", fields: [] },
  { name: "profile", group: "you", act: "read", fields: [] },
  { name: "notifications", group: "you", act: "read", fields: [] },
  { name: "account", group: "you", act: "read", fields: [] },
] as const satisfies {
  name: string;
  group: string;
  act: Act;
  fields: readonly (keyof ChatbotSettings)[];
}[];

/** Those that somebody of this role may use, by group. */
export function groupsFor(role: Role | undefined) {
  return Map.groupBy(sections.filter(({ act }) => roleMay(role, act)), ({ group }) => group);
}

export const mayOpen = (role: Role | undefined, name: SectionName): boolean =>
  roleMay(role, sections.find((section) => section.name === name)!.act);

export type SectionName = typeof sections[number]["name"];

/** The section of an address; the first for none, or for an unknown one. */
export function sectionNamed(name: string | undefined, role?: Role): SectionName {
  const first = sections.find(({ act }) => roleMay(role, act))?.name ?? "chatbot";
  return sections.find((section) => section.name === name)?.name ?? first;
}

/** The section that edits a field, by the service's name of it: `prechat.email`. */
export function sectionOf(field: string): SectionName | undefined {
  const [top] = field.split(".");
  return sections.find(({ fields }) => (fields as readonly string[]).includes(top!))?.name;
}

export const contentsAddress = "/messages/settings";
export const addressOf = (name: SectionName) => `${contentsAddress}/${name}`;
