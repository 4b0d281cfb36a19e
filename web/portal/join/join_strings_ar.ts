import type { joinStrings } from "./join_strings.ts";

/** The page of an invitation in Arabic. */
export const strings: Record<keyof typeof joinStrings, string> = {
  join_title: "الانضمام إلى {title}",
  join_as: "أنت مدعو للإجابة عن زوار {title} ({workspace}) بدور {role}.",
  join_role_owner: "مالك",
  join_role_manager: "مدير",
  join_role_agent: "موظف دعم",
  join_role_observer: "مراقب",
  join_until: "تنتهي الدعوة {time}.",
  join_signed_in: "دخلت باسم {name}.",
  join_accept: "انضمام",
  join_other_account: "استعمال حساب آخر",
  join_new: "اختر اسمًا وكلمة مرور لحساب جديد.",
  join_new_button: "إنشاء حساب والانضمام",
  join_known: "سجّل الدخول لتنضم بحسابك.",
  join_gone_title: "لم تعد هذه الدعوة صالحة",
  join_gone: "استُعملت أو أُلغيت أو انتهت: كل دعوة تصلح مرة واحدة، لسبعة أيام. اطلب دعوة جديدة.",
  join_display_name: "الاسم المعروض",
  join_display_name_hint: "ما يراه الزوار، مثل اسمك الأول",
};
