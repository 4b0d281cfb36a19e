import type { reviewStrings } from "./review_strings.ts";

type Word =
  | keyof typeof reviewStrings
  | "rev_asked_zero"
  | "rev_asked_two"
  | "rev_asked_few"
  | "rev_asked_many";

/** The review of questions in Arabic. What is missing is said in English. */
export const strings: Partial<Record<Word, string>> = {
  rev_title: "المراجعة",
  rev_hint: "{n} أسئلة تستحق دقيقة. ما تقرره هنا يجيب به الروبوت من الآن.",
  rev_progress: "{n} من {total}",
  rev_list: "الأسئلة",
  rev_more_like: "و{n} أخرى مثلها منذ {date}",
  rev_since: "منذ {date}",
  rev_which: "أي جواب هو؟",
  rev_no_guess: "لا جواب قريب. أنشئ جوابًا جديدًا أو اختر غيره.",
  rev_new: "جواب جديد",
  rev_another: "جواب آخر",
  rev_dismiss: "ليس سؤالًا",
  rev_undo: "تراجع",
  rev_move: "التالي والسابق",
  rev_confirmed: "أعطى أحد الزملاء هذا الجواب",
  rev_reply: "أجاب {name} في {date}",
  rev_somebody: "شخص",
  rev_use_reply: "استخدمه جوابًا جديدًا",
  rev_use_near: "يكاد يطابق «{title}»: أضف السؤال إليه",
  rev_see: "افتح المحادثة",
  rev_done: "انتهيت",
  rev_done_text: "قررت بشأن {n} أسئلة، وقد تعلّمها الروبوت.",
  rev_next: "أسئلة أخرى",
  rev_empty: "لا شيء للمراجعة",
  rev_empty_text: "هنا الأسئلة التي لم يكن الروبوت متأكدًا منها أو أحالها. عُد عندما يُسأل.",
  rev_try: "جرّب الروبوت",
  rev_failed: "تعذّر تحميل الأسئلة.",
  rev_taken: "قرر زميل بشأن هذا السؤال في هذه الأثناء.",
  rev_told_assigned: "أُضيف إلى «{title}»",
  rev_told_new: "«{title}» جواب جديد",
  rev_told_dismissed: "ليس سؤالًا",
  rev_told_undone: "تم التراجع",
  rev_asked_zero: "لم يُسأل",
  rev_asked_one: "سُئل مرة",
  rev_asked_two: "سُئل مرتين",
  rev_asked_few: "سُئل {n} مرات",
  rev_asked_many: "سُئل {n} مرة",
  rev_asked_other: "سُئل {n} مرة",
  rev_answered: "أُجيب عنه",
  rev_helpful: "أُجيب عنه",
  rev_generated: "كتبه نموذج اللغة",
  rev_offered: "عُرضت أجوبة ولم يُختر منها",
  rev_unhelpful: "«غير مفيد»",
  rev_handed_off: "أُحيل إلى شخص",
  rev_suggested: "استخدم أحد الزملاء اقتراحًا",
  rev_form_title: "العنوان",
  rev_form_body: "الجواب",
  rev_form_hint: "تصبح الأسئلة صيغه. اترك ما يخص شخصًا واحدًا.",
  rev_save: "احفظ الجواب",
  rev_search: "ابحث في الأجوبة",
  rev_search_none: "لا جواب بهذا العنوان.",
};
