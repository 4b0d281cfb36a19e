/** What is no question, in one language. Texts are as people write them; they are compared normalized. */
export interface SmallTalk {
  hello: string[];
  thanks: string[];
  bye: string[];
  how_are_you: string[];
  are_you_a_bot: string[];
  /** May stand beside any of these. */
  filler: string[];
  replies: { hello: string; thanks: string; bye: string; how_are_you: string; are_you_a_bot: string };
  person: {
    /** The whole text consists of these words and those of `request` and `filler`; at least one is there. */
    nouns: string[];
    request: string[];
    /** Asks for a person wherever it stands, in the normalized text. */
    asks: RegExp;
    /** Not where the text has this. */
    unless?: RegExp;
  };
}

const words = (text: string) => text.split(" ");

/** The languages of the widget. */
export const smallTalk: Record<string, SmallTalk> = {
  en: {
    hello: [
      ...["hi", "hello", "hey", "heya", "hiya", "yo", "greetings", "howdy", "good morning", "good afternoon"],
      ...["good evening", "good day", "morning", "👋", "is anyone there", "anyone there", "anybody there"],
      "are you there",
    ],
    thanks: [
      ...[
        "thanks",
        "thank you",
        "thx",
        "ty",
        "cheers",
        "much appreciated",
        "appreciate it",
        "i appreciate it",
      ],
      ...[
        "great",
        "perfect",
        "awesome",
        "that helped",
        "that helps",
        "that was helpful",
        "got it",
        "👍",
        "🙏",
      ],
      ...["thanks for your help", "thank you for your help", "thanks for the help", "thank you for the help"],
    ],
    bye: [
      ...[
        "bye",
        "bye bye",
        "goodbye",
        "good bye",
        "see you",
        "see ya",
        "cya",
        "good night",
        "have a nice day",
      ],
      ...["have a good day", "have a great day", "take care", "thats all", "that is all", "nothing else"],
    ],
    how_are_you: [
      ...[
        "how are you",
        "how are you doing",
        "how are you today",
        "how r u",
        "how do you do",
        "hows it going",
      ],
      ...["how is it going", "whats up", "what is up", "sup", "you ok", "are you ok", "how is your day"],
    ],
    are_you_a_bot: [
      ...[
        "are you a bot",
        "are you a robot",
        "are you a chatbot",
        "are you an ai",
        "are you ai",
        "is this a bot",
      ],
      ...["are you human", "are you a human", "are you real", "are you a real person", "are you a person"],
      ...["am i talking to a bot", "am i chatting with a bot", "am i talking to a human", "who are you"],
      ...["am i talking to a real person", "is this a real person", "is this a robot", "are you a machine"],
    ],
    filler: [
      ...words(
        "there so very much a lot ok okay all everyone team again for now and really you sir madam oh well",
      ),
      ...words("please friend guys folks yes no alright then today"),
    ],
    replies: {
      hello: "Hello! How can I help you?",
      thanks: "You’re welcome! Is there anything else I can help with?",
      bye: "Goodbye! Write again whenever you like.",
      how_are_you: "I’m fine, thank you. How can I help you?",
      are_you_a_bot:
        "I’m a chatbot: I answer common questions automatically. You can ask for a person at any time.",
    },
    person: {
      nouns: [
        ...words("human person agent operator representative rep advisor adviser someone somebody employee"),
        ...words("humans manager supervisor staff"),
      ],
      request: [
        ...words(
          "can could may i we want would like need id ill to wanna talk speak chat connect transfer me put",
        ),
        ...words(
          "through get give with a an the some your real live actual human another here now not bot robot",
        ),
        ...words(
          "pls plz being let just only asap customer service support from is it possible hi hello hey sorry us instead",
        ),
      ],
      asks:
        /\b(?:(?:talk|speak|chat)(?:ing)?(?: directly)? (?:to|with)|(?:connect|transfer) (?:me|us) (?:to|with)|put (?:me|us) through to|get me|give me) (?:(?:an?|the|your|any|one|of|real|live|actual|human|another) )*(?:human|person|agent|operator|representative|rep|advis[oe]r|someone|somebody|employee|staff|customer service|customer support|team member|manager|supervisor)\b(?! account| card| number)/,
      unless:
        /\b(?:do i|dont|do not|didnt|not(?! a (?:ro)?bot)|without|never|rather than|after|before|when|if i|am i|did|spoke|told) /,
    },
  },
  es: {
    hello: [
      ...[
        "hola",
        "buenas",
        "buenos días",
        "buenas tardes",
        "buenas noches",
        "buen día",
        "hey",
        "qué tal",
        "saludos",
      ],
      "hay alguien ahí",
    ],
    thanks: [
      ...["gracias", "muchas gracias", "mil gracias", "muchísimas gracias", "te lo agradezco", "perfecto"],
      ...["genial", "muy amable", "gracias por tu ayuda", "gracias por su ayuda", "gracias por la ayuda"],
    ],
    bye: [
      ...["adiós", "chao", "chau", "hasta luego", "hasta pronto", "hasta mañana", "nos vemos", "eso es todo"],
      ...["que tengas un buen día", "que tenga un buen día", "buen fin de semana"],
    ],
    how_are_you: [
      "cómo estás",
      "cómo está",
      "cómo te va",
      "cómo le va",
      "todo bien",
      "qué tal estás",
      "cómo andas",
    ],
    are_you_a_bot: [
      ...[
        "eres un bot",
        "eres un robot",
        "es usted un robot",
        "eres humano",
        "eres una persona",
        "eres real",
      ],
      ...["eres una ia", "hablo con un bot", "hablo con un robot", "estoy hablando con un bot", "quién eres"],
      ...["eres una máquina", "eres una persona real", "hablo con una persona"],
    ],
    filler: words(
      "muy mucho a todos todas ok vale y bien por todo por favor de nuevo señor señora pues si no hoy",
    ),
    replies: {
      hello: "¡Hola! ¿En qué puedo ayudarte?",
      thanks: "¡De nada! ¿Puedo ayudarte en algo más?",
      bye: "¡Hasta luego! Escríbenos cuando quieras.",
      how_are_you: "Muy bien, gracias. ¿En qué puedo ayudarte?",
      are_you_a_bot:
        "Soy un chatbot: respondo automáticamente a preguntas frecuentes. Puedes pedir hablar con una persona en cualquier momento.",
    },
    person: {
      nouns: words("persona humano humana agente operador operadora asesor asesora alguien representante"),
      request: [
        ...words(
          "quiero quisiera puedo podria necesito me gustaria hablar chatear comunicarme contactar con una un",
        ),
        ...words(
          "real de verdad pasame paseme comuniqueme comunicame ponme a ahora ya hola por favor la el no bot",
        ),
        "robot",
      ],
      asks:
        /\b(?:hablar|chatear|comunicarme|contactar|comunica\w*|pas[ae](?:s|me|rme)?|ponme) con (?:(?:una?|el|la|algun|alguna|otra|otro) )*(?:persona|humano|humana|agente|operador|operadora|asesor|asesora|alguien|representante|encargado)\b/,
      unless: /\b(?:no quiero|no hace falta|sin|nunca) /,
    },
  },
  fr: {
    hello: ["bonjour", "bonsoir", "salut", "coucou", "allo", "hello", "bonne journée", "il y a quelqu'un"],
    thanks: [
      ...[
        "merci",
        "merci beaucoup",
        "merci bien",
        "mille mercis",
        "un grand merci",
        "je vous remercie",
        "parfait",
      ],
      ...["super", "génial", "merci pour votre aide", "merci pour l'aide", "merci de votre aide"],
    ],
    bye: [
      ...[
        "au revoir",
        "à bientôt",
        "à plus",
        "à plus tard",
        "bonne soirée",
        "bonne nuit",
        "bonne fin de journée",
      ],
      ...["ce sera tout", "c'est tout", "adieu", "ciao"],
    ],
    how_are_you: [
      ...["comment ça va", "ça va", "comment allez vous", "comment vas tu", "tu vas bien", "vous allez bien"],
      ...["ça va bien", "quoi de neuf"],
    ],
    are_you_a_bot: [
      ...[
        "êtes vous un robot",
        "es tu un robot",
        "êtes vous un bot",
        "es tu un bot",
        "tu es un robot",
        "t'es un bot",
      ],
      ...[
        "êtes vous humain",
        "es tu humain",
        "tu es humain",
        "êtes vous une vraie personne",
        "qui êtes vous",
      ],
      ...["vous êtes un robot", "es tu une ia", "êtes vous une ia", "qui es tu", "je parle à un robot"],
      ...["est ce que je parle à un robot", "vous êtes une vraie personne"],
    ],
    filler: words(
      "à tous toutes beaucoup bien ok d'accord et très pour tout encore monsieur madame s'il vous plaît svp oui non",
    ),
    replies: {
      hello: "Bonjour ! Comment puis-je vous aider ?",
      thanks: "Avec plaisir ! Puis-je vous aider pour autre chose ?",
      bye: "Au revoir ! Écrivez-nous quand vous voulez.",
      how_are_you: "Très bien, merci. Comment puis-je vous aider ?",
      are_you_a_bot:
        "Je suis un chatbot : je réponds automatiquement aux questions courantes. Vous pouvez demander à parler à une personne à tout moment.",
    },
    person: {
      nouns: words("personne humain humaine conseiller conseillere agent operateur quelquun representant"),
      request: [
        ...words(
          "je veux voudrais souhaite peux puis pourrais aimerais parler discuter etre mis en contact avec a un",
        ),
        ...words(
          "une vrai vraie reelle de passez moi bonjour sil vous plait svp besoin jai dun dune non pas robot bot",
        ),
      ],
      asks:
        /\b(?:(?:parler|discuter)(?: directement)? (?:a|avec)|(?:mettre|mettez moi|passez moi|mis|mise) (?:en (?:contact|relation) avec )?) ?(?:(?:une?|le|la|votre|vrai|vraie) )*(?:personne|humain|humaine|conseiller|conseillere|agent|operateur|quelquun|representant)\b/,
      unless: /\b(?:ne veux pas|sans|jamais|pas besoin) /,
    },
  },
  de: {
    hello: [
      ...[
        "hallo",
        "hi",
        "hey",
        "guten tag",
        "guten morgen",
        "guten abend",
        "moin",
        "servus",
        "grüß gott",
        "grüezi",
      ],
      ...["tag", "huhu", "ist jemand da", "ist da jemand"],
    ],
    thanks: [
      ...[
        "danke",
        "vielen dank",
        "danke schön",
        "dankeschön",
        "danke sehr",
        "besten dank",
        "herzlichen dank",
      ],
      ...[
        "super",
        "perfekt",
        "toll",
        "prima",
        "danke für die hilfe",
        "danke für ihre hilfe",
        "danke für deine hilfe",
      ],
      ...[
        "vielen dank für die hilfe",
        "vielen dank für ihre hilfe",
        "tausend dank",
        "das hilft",
        "das hat geholfen",
      ],
    ],
    bye: [
      ...["tschüss", "tschüs", "tschau", "ciao", "auf wiedersehen", "bis bald", "bis später", "bis dann"],
      ...["schönen tag", "schönen tag noch", "schönen abend", "gute nacht", "das war alles", "das wars"],
    ],
    how_are_you: [
      "wie geht es dir",
      "wie geht es ihnen",
      "wie gehts",
      "wie geht's dir",
      "alles gut",
      "was geht",
    ],
    are_you_a_bot: [
      ...[
        "bist du ein bot",
        "sind sie ein bot",
        "bist du ein roboter",
        "sind sie ein roboter",
        "bist du echt",
      ],
      ...["bist du ein mensch", "sind sie ein mensch", "bist du eine ki", "sind sie eine ki", "wer bist du"],
      ...[
        "spreche ich mit einem bot",
        "rede ich mit einem bot",
        "ist das ein bot",
        "schreibe ich mit einem bot",
      ],
      ...[
        "spreche ich mit einem roboter",
        "spreche ich mit einem menschen",
        "wer sind sie",
        "bist du eine maschine",
      ],
    ],
    filler: words(
      "zusammen alle alles und ok okay sehr ihnen dir euch nochmal bitte ja nein gut noch schon mal liebes team",
    ),
    replies: {
      hello: "Hallo! Wie kann ich Ihnen helfen?",
      thanks: "Gern geschehen! Kann ich Ihnen sonst noch helfen?",
      bye: "Auf Wiedersehen! Schreiben Sie gern jederzeit wieder.",
      how_are_you: "Danke, gut. Wie kann ich Ihnen helfen?",
      are_you_a_bot:
        "Ich bin ein Chatbot und beantworte häufige Fragen automatisch. Sie können jederzeit mit einem Menschen sprechen.",
    },
    person: {
      nouns: [
        ...words(
          "mensch menschen person mitarbeiter mitarbeiterin mitarbeitern berater beraterin jemand jemanden",
        ),
        ...words("jemandem agent kundenberater kundendienst"),
      ],
      request: [
        ...words(
          "ich will mochte wurde gern gerne kann konnte bitte mit einem einer einen eine ein echten echter",
        ),
        ...words(
          "richtigen realen sprechen reden chatten schreiben verbinden verbinde sie du mich mir vom von zu dem",
        ),
        ...words("hallo jetzt brauche nicht bot roboter statt personlich eurem ihrem"),
      ],
      asks:
        /\bmit (?:(?:einem|einer|nem|ner|ihrem|eurem|echten|echter|richtigen|realen|dem) )*(?:menschen|person|mitarbeiter|mitarbeiterin|berater|beraterin|jemandem|jemanden|agenten|kundendienst|kundenberater)(?: \p{L}+)?(?: \p{L}+)? (?:sprechen|reden|chatten|schreiben|telefonieren|verbinden|verbunden)\b|\bverbinden? (?:sie )?mich (?:bitte )?mit /u,
      unless: /\b(?:nicht mit|ohne|nie) /,
    },
  },
  pt: {
    hello: [
      ...["olá", "oi", "oie", "bom dia", "boa tarde", "boa noite", "e aí", "alô", "opa", "saudações"],
      "tem alguém aí",
    ],
    thanks: [
      ...[
        "obrigado",
        "obrigada",
        "muito obrigado",
        "muito obrigada",
        "valeu",
        "agradeço",
        "perfeito",
        "ótimo",
      ],
      ...[
        "obrigado pela ajuda",
        "obrigada pela ajuda",
        "obrigado pela sua ajuda",
        "obrigada pela sua ajuda",
        "brigado",
      ],
    ],
    bye: [
      ...[
        "tchau",
        "adeus",
        "até logo",
        "até mais",
        "até breve",
        "até amanhã",
        "tenha um bom dia",
        "é só isso",
      ],
      ...["só isso", "bom fim de semana"],
    ],
    how_are_you: [
      "como você está",
      "como vai",
      "tudo bem",
      "tudo bom",
      "como está",
      "como estás",
      "como vai você",
    ],
    are_you_a_bot: [
      ...["você é um robô", "você é um bot", "é um robô", "és um robô", "você é humano", "você é uma pessoa"],
      ...[
        "é um bot",
        "você é real",
        "você é uma ia",
        "estou falando com um robô",
        "quem é você",
        "és um bot",
      ],
      ...["estou falando com um bot", "você é uma máquina", "estou falando com uma pessoa"],
    ],
    filler: words(
      "a todos todas muito mesmo ok e por tudo por favor de novo senhor senhora sim não hoje pessoal",
    ),
    replies: {
      hello: "Olá! Como posso ajudar?",
      thanks: "De nada! Posso ajudar em mais alguma coisa?",
      bye: "Até logo! Escreva quando quiser.",
      how_are_you: "Tudo bem, obrigado. Como posso ajudar?",
      are_you_a_bot:
        "Sou um chatbot: respondo automaticamente a perguntas frequentes. Você pode pedir para falar com uma pessoa a qualquer momento.",
    },
    person: {
      nouns: words("pessoa humano humana atendente agente operador operadora alguem representante"),
      request: [
        ...words(
          "quero queria gostaria posso preciso de falar conversar com uma um real de verdade me passa passe",
        ),
        ...words("transfere transferir para o a agora ja ola oi por favor nao robo bot"),
      ],
      asks:
        /\b(?:falar|conversar|contatar|contactar)(?: diretamente)? com (?:(?:uma?|o|a|algum|alguma|outra|outro) )*(?:pessoa|humano|humana|atendente|agente|operador|operadora|alguem|representante)\b/,
      unless: /\b(?:nao quero|sem|nunca) /,
    },
  },
  hi: {
    hello: ["नमस्ते", "नमस्कार", "हैलो", "हेलो", "हाय", "सुप्रभात", "शुभ संध्या", "प्रणाम", "namaste", "कोई है"],
    thanks: [
      ...["धन्यवाद", "शुक्रिया", "बहुत धन्यवाद", "बहुत बहुत धन्यवाद", "बहुत शुक्रिया", "थैंक्यू", "थैंक यू"],
      ...["मदद के लिए धन्यवाद", "आपका धन्यवाद", "dhanyavad", "shukriya", "बढ़िया"],
    ],
    bye: ["अलविदा", "बाय", "फिर मिलेंगे", "शुभ रात्रि", "बस इतना ही", "टाटा"],
    how_are_you: ["आप कैसे हैं", "कैसे हैं", "कैसे हो", "आप कैसी हैं", "क्या हाल है", "क्या हाल हैं", "तुम कैसे हो"],
    are_you_a_bot: [
      ...["क्या आप बॉट हैं", "क्या आप एक बॉट हैं", "क्या आप रोबोट हैं", "क्या आप एक रोबोट हैं", "आप कौन हैं"],
      ...["क्या आप इंसान हैं", "क्या आप एक इंसान हैं", "क्या तुम रोबोट हो", "क्या तुम बॉट हो", "क्या तुम इंसान हो"],
    ],
    filler: words("जी आप को सबको बहुत ठीक है अच्छा हां नहीं और आपका फिर से कृपया सर मैडम"),
    replies: {
      hello: "नमस्ते! मैं आपकी क्या मदद कर सकता हूँ?",
      thanks: "आपका स्वागत है! क्या मैं और किसी चीज़ में मदद कर सकता हूँ?",
      bye: "अलविदा! जब चाहें फिर लिखें।",
      how_are_you: "मैं ठीक हूँ, धन्यवाद। मैं आपकी क्या मदद कर सकता हूँ?",
      are_you_a_bot:
        "मैं एक चैटबॉट हूँ: मैं आम सवालों के जवाब अपने आप देता हूँ। आप कभी भी किसी व्यक्ति से बात करने के लिए कह सकते हैं।",
    },
    person: {
      nouns: words("व्यक्ति इंसान आदमी एजेंट मनुष्य प्रतिनिधि ऑपरेटर"),
      request: words(
        "मुझे मैं क्या किसी एक से बात करनी करना करें करवाएं कराइए कराओ चाहता चाहती चाहिए है हूं हूँ सकता सकती असली कृपया मेरी की के साथ अभी नमस्ते",
      ),
      asks: /(?:व्यक्ति|इंसान|आदमी|एजेंट|मनुष्य|प्रतिनिधि|ऑपरेटर|किसी) (?:से|के साथ) (?:मेरी )?(?:बात|चैट|संपर्क) (?:कर|हो)/,
      unless: /(?:नहीं करनी|नहीं चाहता|नहीं चाहती|बिना)/,
    },
  },
  ar: {
    hello: [
      ...["مرحبا", "أهلا", "أهلا وسهلا", "السلام عليكم", "السلام عليكم ورحمة الله وبركاته", "صباح الخير", "هلا"],
      ...["مساء الخير", "هاي", "هالو", "مرحبا بكم", "سلام", "هل من أحد هنا", "هل يوجد أحد"],
    ],
    thanks: [
      ...[
        "شكرا",
        "شكرا لك",
        "شكرا لكم",
        "شكرا جزيلا",
        "شكرا كثيرا",
        "جزاك الله خيرا",
        "ممتاز",
        "مشكور",
        "أشكرك",
      ],
      ...["شكرا على المساعدة", "شكرا على مساعدتك", "رائع", "تسلم"],
    ],
    bye: [
      "مع السلامة",
      "وداعا",
      "إلى اللقاء",
      "باي",
      "تصبح على خير",
      "في أمان الله",
      "يومك سعيد",
      "هذا كل شيء",
    ],
    how_are_you: ["كيف حالك", "كيف الحال", "كيف حالكم", "كيفك", "شلونك", "إزيك", "ما أخبارك", "كيف أنت"],
    are_you_a_bot: [
      ...["هل أنت روبوت", "هل أنت بوت", "أنت روبوت", "هل أنت إنسان", "هل أنت حقيقي", "هل أنت شخص حقيقي"],
      ...["هل أتحدث مع روبوت", "هل أتحدث إلى روبوت", "من أنت", "هل أنت آلي", "هل أنت بشر", "أنت بوت"],
    ],
    filler: words("بكم بك جدا كثيرا لكم لك و نعم لا من فضلك يا جميعا حسنا طيب تمام على كل شيء"),
    replies: {
      hello: "مرحبًا! كيف يمكنني مساعدتك؟",
      thanks: "على الرحب والسعة! هل يمكنني مساعدتك في شيء آخر؟",
      bye: "إلى اللقاء! راسلنا متى شئت.",
      how_are_you: "بخير، شكرًا لك. كيف يمكنني مساعدتك؟",
      are_you_a_bot: "أنا روبوت محادثة أجيب تلقائيًا عن الأسئلة الشائعة. يمكنك طلب التحدث إلى شخص في أي وقت.",
    },
    person: {
      nouns: words("شخص إنسان موظف موظفة وكيل ممثل مندوب بشري أحد"),
      request: words(
        "أريد أرغب أود هل يمكنني ممكن في التحدث أن أتحدث التكلم أتكلم الكلام إلى مع حقيقي من فضلك لو سمحت حولني حولوني الآن مرحبا خدمة العملاء ل بدي عايز",
      ),
      asks:
        /(?:تحدث|تكلم|كلام|تواصل|حولني|حولوني|توصيلي|اكلم) (?:الي |مع |ب)?(?:اي )?(?:شخص|انسان|موظف|وكيل|ممثل|مندوب|احد|خدمه العملاء)/,
      unless: /(?:لا اريد|بدون|دون) /,
    },
  },
  ja: {
    hello: [
      ...[
        "こんにちは",
        "こんにちわ",
        "こんばんは",
        "おはよう",
        "おはようございます",
        "はじめまして",
        "もしもし",
      ],
      ...["お世話になります", "お世話になっております", "どうも", "やあ", "誰かいますか"],
    ],
    thanks: [
      ...[
        "ありがとう",
        "ありがとうございます",
        "ありがとうございました",
        "どうもありがとう",
        "感謝します",
        "助かりました",
      ],
      ...[
        "どうもありがとうございます",
        "どうもありがとうございました",
        "サンキュー",
        "了解です",
        "わかりました",
      ],
      ...["誠にありがとうございます", "助かります"],
    ],
    bye: [
      "さようなら",
      "さよなら",
      "バイバイ",
      "またね",
      "失礼します",
      "失礼いたします",
      "おやすみなさい",
      "以上です",
    ],
    how_are_you: ["元気ですか", "お元気ですか", "調子はどうですか", "元気"],
    are_you_a_bot: [
      ...[
        "ボットですか",
        "あなたはボットですか",
        "ロボットですか",
        "あなたはロボットですか",
        "aiですか",
        "人間ですか",
      ],
      ...["あなたはaiですか", "あなたは人間ですか", "あなたは誰ですか", "これはボットですか", "機械ですか"],
    ],
    filler: [
      "はい",
      "いいえ",
      "本当に",
      "皆さん",
      "みなさん",
      "とても",
      "どうぞ",
      "ね",
      "よろしくお願いします",
    ],
    replies: {
      hello: "こんにちは。どのようなご用件でしょうか？",
      thanks: "どういたしまして。ほかにお手伝いできることはありますか？",
      bye: "ご利用ありがとうございました。またいつでもどうぞ。",
      how_are_you: "元気です、ありがとうございます。どのようなご用件でしょうか？",
      are_you_a_bot:
        "私はチャットボットです。よくあるご質問に自動でお答えします。いつでも担当者をお呼びいただけます。",
    },
    person: {
      nouns: ["担当者", "人間", "オペレーター", "スタッフ", "係の人", "人", "担当の方", "有人"],
      request: [
        ...[
          "と",
          "に",
          "を",
          "へ",
          "の",
          "は",
          "話す",
          "話したい",
          "話したいです",
          "話せますか",
          "お願いします",
          "呼んで",
        ],
        ...[
          "ください",
          "つないで",
          "繋いで",
          "代わって",
          "対応",
          "チャット",
          "実際",
          "本物",
          "直接",
          "こんにちは",
          "です",
        ],
        ...["話をしたい", "相談したい", "できますか", "したい", "したいです"],
      ],
      asks:
        /(?:担当者|人間|オペレーター|スタッフ|係の人|担当の方)(?:と|に)(?:直接)?(?:話|はな|繋|つな|代|相談|チャット)/,
      unless: /(?:たくない|ずに)/,
    },
  },
};
