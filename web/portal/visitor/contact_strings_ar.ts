import type { contactStrings } from "./contact_strings.ts";

/** The contact card in Arabic. */
export const strings: Record<keyof typeof contactStrings, string> = {
  contact: "جهة الاتصال",
  contact_name: "الاسم",
  contact_email: "البريد",
  contact_phone: "الهاتف",
  contact_company: "الشركة",
  contact_add: "إضافة",
  contact_add_field: "إضافة حقل",
  contact_field_name: "اسم الحقل",
  contact_saved: "تم الحفظ",
  contact_changed: "غيّره شخص آخر في الأثناء",
  contact_signed: "موقّع من موقعك",
  contact_claimed: "قاله الزائر",
};
