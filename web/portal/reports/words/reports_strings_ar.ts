import type { reportsStrings } from "./reports_strings.ts";

type Word =
  | keyof typeof reportsStrings
  | "rep_ratings_zero"
  | "rep_ratings_two"
  | "rep_ratings_few"
  | "rep_ratings_many";

/** The reports page in Arabic. What is missing is said in English. */
export const strings: Partial<Record<Word, string>> = {
  rep_title: "التقارير",
  rep_view: "تقرير عن",
  rep_view_all: "المحادثات",
  rep_view_bot: "الروبوت",
  rep_loading: "جارٍ الحساب",
  rep_range: "الأيام",
  rep_last: "آخر {n} يومًا",
  rep_custom: "أيام أخرى",
  rep_from: "من",
  rep_to: "إلى",
  rep_team: "الفريق",
  rep_all_teams: "كل الفرق",
  rep_csv: "تنزيل CSV",
  rep_counting: "ما زالت المحادثات الأقدم تُحسب. ستزداد الأرقام.",
  rep_empty_title: "لا محادثات في هذه الأيام",
  rep_empty_text: "اختر أيامًا أخرى، أو عُد عندما يكتب أحدهم.",

  rep_new: "محادثات جديدة",
  rep_before: "{n} في الأيام السابقة",
  rep_resolved: "تم حلها",
  rep_resolved_part: "{part} من الجديدة",
  rep_bot: "أجاب عنها الروبوت وحده",
  rep_first_reply: "أول رد من شخص",
  rep_resolution: "حتى الحل",
  rep_waiting: "الانتظار",
  rep_median: "الوسيط",
  rep_nine: "9 من 10 خلال {time}",
  rep_working: "بوقت العمل",
  rep_rating: "التقييم",
  rep_of_five: "من 5",
  rep_ratings_zero: "لا تقييمات",
  rep_ratings_one: "تقييم واحد",
  rep_ratings_two: "تقييمان",
  rep_ratings_few: "{n} تقييمات",
  rep_ratings_many: "{n} تقييمًا",
  rep_ratings_other: "{n} تقييم",
  rep_of_asked: "{part} ممن سُئلوا",
  rep_none: "لا شيء بعد",

  rep_per_day: "محادثات جديدة في اليوم",
  rep_person: "أجاب شخص",
  rep_bot_alone: "الروبوت وحده",
  rep_nobody: "لا أحد بعد",
  rep_reply_per_day: "أول رد من شخص، بوقت العمل",
  rep_minutes: "دقائق",
  rep_p50: "الوسيط",
  rep_p90: "9 من 10 خلال",
  rep_today: "اليوم",
  rep_hours: "متى يكتب الناس",
  rep_weekday: "اليوم",
  rep_scale: "من 0 إلى {n} في الساعة",

  rep_tables: "جدول حسب",
  rep_members: "الأعضاء",
  rep_teams: "الفرق",
  rep_labels: "التصنيفات",
  rep_days: "الأيام",
  rep_member: "العضو",
  rep_team_name: "الفريق",
  rep_label: "التصنيف",
  rep_day: "اليوم",
  rep_col_new: "جديدة",
  rep_col_reply: "أول رد",
  rep_answered: "أُجيب عنها",
  rep_everything: "الكل",
  rep_no_member: "لا أحد",
  rep_no_team: "بلا فريق",
  rep_no_label: "بلا تصنيف",
  rep_gone: "محذوف",
  rep_label_note: "المحادثة ذات التصنيفات المتعددة تُحسب لكل منها.",
  rep_note:
    "كل رقم هو مجموع المحادثات نفسها: التي بدأت في هذه الأيام، بتوقيت {zone}. الوقت مع الروبوت ليس وقت انتظار لأحد. اليوم مظلل بخطوط لأنه لم ينتهِ.",
};
