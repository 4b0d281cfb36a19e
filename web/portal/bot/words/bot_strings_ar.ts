import type { botStrings } from "./bot_strings.ts";

/** The chatbot's pages in Arabic. What is missing is said in English. */
export const strings: Partial<Record<keyof typeof botStrings, string>> = {
  bot_answers: "الأجوبة",
  bot_articles: "المقالات",
  bot_flows: "المسارات",
  bot_review: "المراجعة",
  bot_try: "جرّبه",
  bot_settings: "الإعدادات",
  bot_read_only: "يمكنك قراءة هذا. يغيّره المالكون والمديرون.",
};
