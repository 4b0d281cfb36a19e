import type { botReportStrings } from "./bot_report_strings.ts";

/** The bot's report in Arabic. What is missing is said in English. */
export const strings: Partial<Record<keyof typeof botReportStrings, string>> = {
  brp_questions: "أسئلة للروبوت",
  brp_asked: "الأسئلة",
  brp_answered: "أُجيب عنها",
  brp_alone: "حُلّت بلا شخص",
  brp_of_conversations: "من {n} محادثة مع الروبوت",
  brp_handed_off: "أُحيلت",
  brp_offered: "عُرضت أجوبة ولم تُختر",
  brp_helpful: "وُجدت مفيدة",
  brp_of_rated: "من {n} أبدوا رأيهم",
  brp_of_questions: "{part} من الأسئلة",
  brp_per_day: "الأسئلة في اليوم",
  brp_days: "الأسئلة حسب اليوم",
  brp_day: "اليوم",
  brp_all: "الكل",
  brp_reasons: "لماذا أحال",
  brp_reason: "السبب",
  brp_count: "المرات",
  brp_unanswered: "الأكثر طرحًا بلا جواب",
  brp_question: "السؤال",
  brp_review: "راجعها",
  brp_empty_title: "لم يُسأل الروبوت شيئًا في هذه الأيام",
  brp_empty_text: "تُحفظ الأسئلة 90 يومًا.",
  brp_csv: "تنزيل CSV",
  brp_note: "دون الأحاديث العابرة. تُحفظ الأسئلة 90 يومًا، بتوقيت {zone}.",
};
