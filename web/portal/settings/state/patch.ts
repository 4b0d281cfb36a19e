import type { ChatbotSettings } from "../../../../protocol/chatbot.ts";

type Fields = Record<string, unknown>;

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The differences of `draft` from `saved`: whole lists, and nested settings field by field. */
export function patchOf(saved: Fields, draft: Fields): Fields {
  const patch: Fields = {};
  for (const [name, value] of Object.entries(draft)) {
    const before = saved[name];
    if (isSame(before, value)) continue;
    patch[name] = isFields(before) && isFields(value) ? patchOf(before, value) : value;
  }
  return patch;
}

/** The saved settings after `sent`, merged with later edits. */
export function rebased(
  sent: ChatbotSettings,
  now: ChatbotSettings,
  answer: ChatbotSettings,
): ChatbotSettings {
  const names = Object.keys(now) as (keyof ChatbotSettings)[];
  const entries = names.map((name) => [name, isSame(sent[name], now[name]) ? answer[name] : now[name]]);
  return Object.fromEntries(entries);
}
