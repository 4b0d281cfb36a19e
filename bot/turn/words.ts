/** What the bot says by itself, where the workspace has no words of its own for it. */
export interface BotWords {
  /** It hands over. */
  handoff: string;
  /** It hands over and nobody is there. */
  alone: string;
  /** `{when}`: the next opening. */
  back: string;
  email: string;
  offer: string;
  /** Labels of buttons. */
  none: string;
  person: string;
  /** It has not understood. */
  again: string;
  /** An answer has helped, or not. */
  glad: string;
  sorry: string;
}

const en: BotWords = {
  handoff: "I am getting a colleague. They will answer you here.",
  alone: "Nobody is here right now. A colleague will answer you here.",
  back: "We are back {when}.",
  email: "What is your email address, in case you are not here then?",
  offer: "Did you mean one of these?",
  none: "Something else",
  person: "Talk to a person",
  again: "Please say it in other words, or talk to a person.",
  glad: "Glad that I could help!",
  sorry: "I am sorry that this did not help. Would you like to talk to a person?",
};

const all: Record<string, BotWords> = {
  en,
  de: {
    handoff: "Ich hole jemanden aus dem Team dazu. Die Antwort kommt hier.",
    alone: "Gerade ist niemand da. Jemand aus dem Team antwortet Ihnen hier.",
    back: "Wir sind {when} wieder da.",
    email: "Wie lautet Ihre E-Mail-Adresse, falls Sie dann nicht mehr hier sind?",
    offer: "Meinten Sie eine dieser Fragen?",
    none: "Etwas anderes",
    person: "Mit einem Menschen sprechen",
    again: "Bitte sagen Sie es mit anderen Worten, oder sprechen Sie mit einem Menschen.",
    glad: "Schön, dass ich helfen konnte!",
    sorry: "Schade, dass das nicht geholfen hat. Möchten Sie mit einem Menschen sprechen?",
  },
  es: {
    handoff: "Aviso a una persona del equipo. Le responderá aquí.",
    alone: "Ahora mismo no hay nadie. Una persona del equipo le responderá aquí.",
    back: "Volvemos {when}.",
    email: "¿Cuál es su correo electrónico, por si entonces ya no está aquí?",
    offer: "¿Quería decir una de estas preguntas?",
    none: "Otra cosa",
    person: "Hablar con una persona",
    again: "Dígalo con otras palabras, por favor, o hable con una persona.",
    glad: "¡Me alegro de haber ayudado!",
    sorry: "Siento que no haya servido. ¿Quiere hablar con una persona?",
  },
  fr: {
    handoff: "Je préviens une personne de l’équipe. Elle vous répondra ici.",
    alone: "Personne n’est là pour le moment. Quelqu’un de l’équipe vous répondra ici.",
    back: "Nous serons de retour {when}.",
    email: "Quelle est votre adresse e-mail, au cas où vous ne seriez plus ici ?",
    offer: "Vouliez-vous dire l’une de ces questions ?",
    none: "Autre chose",
    person: "Parler à une personne",
    again: "Dites-le autrement, s’il vous plaît, ou parlez à une personne.",
    glad: "Ravi d’avoir pu aider !",
    sorry: "Désolé que cela n’ait pas aidé. Voulez-vous parler à une personne ?",
  },
  pt: {
    handoff: "Vou chamar uma pessoa da equipe. Ela responderá aqui.",
    alone: "Não há ninguém agora. Uma pessoa da equipe responderá aqui.",
    back: "Voltamos {when}.",
    email: "Qual é o seu e-mail, caso você não esteja mais aqui?",
    offer: "Você quis dizer uma destas perguntas?",
    none: "Outra coisa",
    person: "Falar com uma pessoa",
    again: "Diga com outras palavras, por favor, ou fale com uma pessoa.",
    glad: "Que bom que ajudei!",
    sorry: "Lamento que não tenha ajudado. Quer falar com uma pessoa?",
  },
  hi: {
    handoff: "मैं टीम के किसी व्यक्ति को बुला रहा हूँ। वे आपको यहीं जवाब देंगे।",
    alone: "अभी यहाँ कोई नहीं है। टीम का कोई व्यक्ति आपको यहीं जवाब देगा।",
    back: "हम {when} वापस आएँगे।",
    email: "आपका ईमेल पता क्या है, अगर तब आप यहाँ न हों?",
    offer: "क्या आपका मतलब इनमें से किसी से था?",
    none: "कुछ और",
    person: "किसी व्यक्ति से बात करें",
    again: "कृपया दूसरे शब्दों में कहें, या किसी व्यक्ति से बात करें।",
    glad: "खुशी है कि मैं मदद कर सका!",
    sorry: "खेद है कि इससे मदद नहीं मिली। क्या आप किसी व्यक्ति से बात करना चाहेंगे?",
  },
  ar: {
    handoff: "سأستدعي شخصًا من الفريق. سيجيبك هنا.",
    alone: "لا يوجد أحد هنا الآن. سيجيبك شخص من الفريق هنا.",
    back: "سنعود {when}.",
    email: "ما عنوان بريدك الإلكتروني، في حال لم تكن هنا حينها؟",
    offer: "هل تقصد أحد هذه الأسئلة؟",
    none: "شيء آخر",
    person: "التحدث إلى شخص",
    again: "من فضلك قلها بكلمات أخرى، أو تحدث إلى شخص.",
    glad: "يسعدني أنني ساعدتك!",
    sorry: "نأسف لأن هذا لم يساعد. هل تريد التحدث إلى شخص؟",
  },
  ja: {
    handoff: "担当者をお呼びします。こちらでお返事します。",
    alone: "ただいま不在です。担当者がこちらでお返事します。",
    back: "{when}に戻ります。",
    email: "その時こちらにいらっしゃらない場合のため、メールアドレスを教えてください。",
    offer: "次のどれかのことでしょうか？",
    none: "その他",
    person: "担当者と話す",
    again: "別の言葉でお聞かせいただくか、担当者とお話しください。",
    glad: "お役に立ててよかったです！",
    sorry: "お役に立てず申し訳ありません。担当者と話しますか？",
  },
};

/** The words in the first of these languages that has them, else in English. */
export function wordsIn(...languages: (string | undefined)[]): BotWords {
  for (const language of languages) {
    const words = language && all[language.toLowerCase().split(/[-_]/)[0]!];
    if (words) return words;
  }
  return en;
}
