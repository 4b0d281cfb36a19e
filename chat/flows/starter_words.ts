/** Texts of the ready flows in one language. */
export interface StarterWords {
  contact: {
    title: string;
    phrases: string[];
    name: string;
    email: string;
    phone: string;
    done: string;
  };
  order: {
    title: string;
    phrases: string[];
    topic: string;
    where: string;
    change: string;
    back: string;
    number: string;
    email: string;
    done: string;
  };
  hours: {
    title: string;
    phrases: string[];
    open: string;
    person: string;
    closed: string;
    yes: string;
    no: string;
    email: string;
    done: string;
    bye: string;
  };
}

export const starterWords: Record<string, StarterWords> = {
  en: {
    contact: {
      title: "Contact details",
      phrases: ["Please get back to me", "Can you call me back?", "I want to leave my contact details"],
      name: "What is your name?",
      email: "Thank you, {{name|and welcome}}. Which email address reaches you?",
      phone: "Then by phone: which number reaches you?",
      done: "Thank you, {{name|that is all}}. A colleague will get back to you.",
    },
    order: {
      title: "Question about an order",
      phrases: ["I have a question about my order", "Where is my order?", "I want to change my order"],
      topic: "What is it about?",
      where: "Where is my order?",
      change: "Change or cancel it",
      back: "Return something",
      number: "What is the order number? It is in the confirmation that we sent you.",
      email: "Which email address did you order with?",
      done: "Thank you. A colleague looks at order {{order}} and answers here.",
    },
    hours: {
      title: "Opening hours",
      phrases: ["What are your opening hours?", "Are you open now?", "When can I reach you?"],
      open: "We are here now. We answer Monday to Friday, 9:00 to 17:00.",
      person: "Talk to a person",
      closed:
        "We are closed now. We answer Monday to Friday, 9:00 to 17:00. Shall we write to you when we are back?",
      yes: "Yes, please",
      no: "No, thank you",
      email: "Which email address reaches you?",
      done: "Thank you. We will write to {{email}} when we are back.",
      bye: "All right. Write here whenever you like.",
    },
  },
  ar: {
    contact: {
      title: "بيانات التواصل",
      phrases: ["أرجو أن تتواصلوا معي", "هل يمكنكم معاودة الاتصال بي؟", "أريد ترك بيانات التواصل"],
      name: "ما اسمك؟",
      email: "شكرًا {{name|لك}}. ما عنوان بريدك الإلكتروني؟",
      phone: "إذن عبر الهاتف: ما رقم هاتفك؟",
      done: "شكرًا {{name|لك}}. سيتواصل معك أحد زملائنا.",
    },
    order: {
      title: "سؤال عن طلب",
      phrases: ["لدي سؤال عن طلبي", "أين طلبي؟", "أريد تعديل طلبي"],
      topic: "ما موضوع سؤالك؟",
      where: "أين طلبي؟",
      change: "تعديل الطلب أو إلغاؤه",
      back: "إرجاع منتج",
      number: "ما رقم الطلب؟ تجده في رسالة التأكيد التي أرسلناها إليك.",
      email: "بأي بريد إلكتروني قدّمت الطلب؟",
      done: "شكرًا لك. سيراجع أحد زملائنا الطلب {{order}} ويجيبك هنا.",
    },
    hours: {
      title: "ساعات العمل",
      phrases: ["ما ساعات عملكم؟", "هل أنتم متاحون الآن؟", "متى يمكنني التواصل معكم؟"],
      open: "نحن هنا الآن. نجيب من الاثنين إلى الجمعة، من 9:00 إلى 17:00.",
      person: "التحدث إلى شخص",
      closed: "نحن مغلقون الآن. نجيب من الاثنين إلى الجمعة، من 9:00 إلى 17:00. هل نكتب إليك عند عودتنا؟",
      yes: "نعم، من فضلكم",
      no: "لا، شكرًا",
      email: "ما عنوان بريدك الإلكتروني؟",
      done: "شكرًا لك. سنكتب إلى {{email}} عند عودتنا.",
      bye: "حسنًا. اكتب هنا متى شئت.",
    },
  },
};
