/** A question that most sites are asked: title, other wordings, and a body with its facts left open. */
export type Starter = readonly [title: string, phrases: readonly string[], body: string];

/** Five answers to begin with, by language. The same questions in the same order. */
export const starterAnswers: Record<string, readonly Starter[]> = {
  en: [
    [
      "What are your opening hours?",
      ["when are you open", "are you open on weekends", "what time do you close", "opening times"],
      "We are open [Monday to Friday, 9:00 to 17:00]. You can write to us here at any time: we answer when we are back.",
    ],
    [
      "How can I contact you?",
      [
        "what is your phone number",
        "what is your email address",
        "how do I reach you",
        "where are you located",
      ],
      "You can write to us right here. You also reach us by mail at [address] and by phone at [number].",
    ],
    [
      "How long does delivery take?",
      ["when will my order arrive", "how fast do you ship", "where is my order", "what does shipping cost"],
      "We usually deliver within [3 to 5 working days]. Delivery costs [amount].",
    ],
    [
      "How do I return something?",
      ["can I send it back", "I want a refund", "how do I exchange an item", "what is your return policy"],
      "You can return what you bought within [30 days]. Send it to [address], with your order number.",
    ],
    [
      "How can I pay?",
      [
        "which payment methods do you accept",
        "do you take credit cards",
        "can I pay by invoice",
        "can I pay with PayPal",
      ],
      "You can pay with [card, bank transfer and invoice].",
    ],
  ],
  es: [
    [
      "¿Cuál es su horario?",
      ["cuándo abren", "abren los fines de semana", "a qué hora cierran", "horario de atención"],
      "Abrimos [de lunes a viernes, de 9:00 a 17:00]. Puede escribirnos aquí en cualquier momento: responderemos cuando volvamos.",
    ],
    [
      "¿Cómo puedo ponerme en contacto con ustedes?",
      ["cuál es su número de teléfono", "cuál es su correo electrónico", "cómo los contacto", "dónde están"],
      "Puede escribirnos aquí mismo. También por correo a [dirección] y por teléfono al [número].",
    ],
    [
      "¿Cuánto tarda el envío?",
      ["cuándo llega mi pedido", "qué tan rápido envían", "dónde está mi pedido", "cuánto cuesta el envío"],
      "Normalmente entregamos en [3 a 5 días laborables]. El envío cuesta [importe].",
    ],
    [
      "¿Cómo devuelvo un producto?",
      [
        "puedo devolverlo",
        "quiero un reembolso",
        "cómo cambio un artículo",
        "cuál es la política de devoluciones",
      ],
      "Puede devolver su compra en un plazo de [30 días]. Envíela a [dirección] con su número de pedido.",
    ],
    [
      "¿Cómo puedo pagar?",
      [
        "qué formas de pago aceptan",
        "aceptan tarjeta de crédito",
        "puedo pagar con factura",
        "puedo pagar con PayPal",
      ],
      "Puede pagar con [tarjeta, transferencia y factura].",
    ],
  ],
  fr: [
    [
      "Quels sont vos horaires d’ouverture ?",
      ["quand êtes-vous ouverts", "êtes-vous ouverts le week-end", "à quelle heure fermez-vous", "horaires"],
      "Nous sommes ouverts [du lundi au vendredi, de 9 h à 17 h]. Vous pouvez nous écrire ici à tout moment : nous répondrons à notre retour.",
    ],
    [
      "Comment puis-je vous contacter ?",
      [
        "quel est votre numéro de téléphone",
        "quelle est votre adresse e-mail",
        "comment vous joindre",
        "où êtes-vous",
      ],
      "Vous pouvez nous écrire ici. Vous pouvez aussi nous joindre par e-mail à [adresse] et par téléphone au [numéro].",
    ],
    [
      "Quels sont les délais de livraison ?",
      [
        "quand arrive ma commande",
        "expédiez-vous rapidement",
        "où est ma commande",
        "combien coûte la livraison",
      ],
      "Nous livrons en général sous [3 à 5 jours ouvrés]. La livraison coûte [montant].",
    ],
    [
      "Comment retourner un article ?",
      [
        "puis-je le renvoyer",
        "je veux un remboursement",
        "comment échanger un article",
        "politique de retour",
      ],
      "Vous pouvez retourner votre achat sous [30 jours]. Envoyez-le à [adresse] avec votre numéro de commande.",
    ],
    [
      "Comment puis-je payer ?",
      [
        "quels moyens de paiement acceptez-vous",
        "acceptez-vous la carte bancaire",
        "puis-je payer sur facture",
        "puis-je payer avec PayPal",
      ],
      "Vous pouvez payer par [carte, virement et facture].",
    ],
  ],
  de: [
    [
      "Wann haben Sie geöffnet?",
      ["Öffnungszeiten", "haben Sie am Wochenende geöffnet", "wann schließen Sie", "wann sind Sie da"],
      "Wir haben [Montag bis Freitag von 9 bis 17 Uhr] geöffnet. Sie können uns hier jederzeit schreiben: Wir antworten, sobald wir wieder da sind.",
    ],
    [
      "Wie kann ich Sie erreichen?",
      [
        "wie ist Ihre Telefonnummer",
        "wie ist Ihre E-Mail-Adresse",
        "wie kann ich Sie kontaktieren",
        "wo sind Sie",
      ],
      "Schreiben Sie uns gleich hier. Sie erreichen uns auch per E-Mail unter [Adresse] und telefonisch unter [Nummer].",
    ],
    [
      "Wie lange dauert die Lieferung?",
      [
        "wann kommt meine Bestellung",
        "wie schnell liefern Sie",
        "wo ist meine Bestellung",
        "was kostet der Versand",
      ],
      "Wir liefern meist innerhalb von [3 bis 5 Werktagen]. Der Versand kostet [Betrag].",
    ],
    [
      "Wie kann ich etwas zurückgeben?",
      [
        "kann ich es zurückschicken",
        "ich möchte mein Geld zurück",
        "wie tausche ich einen Artikel um",
        "Rückgabe",
      ],
      "Sie können Ihren Kauf innerhalb von [30 Tagen] zurückgeben. Schicken Sie ihn mit Ihrer Bestellnummer an [Adresse].",
    ],
    [
      "Wie kann ich bezahlen?",
      [
        "welche Zahlungsarten gibt es",
        "nehmen Sie Kreditkarten",
        "kann ich auf Rechnung kaufen",
        "kann ich mit PayPal zahlen",
      ],
      "Sie können mit [Karte, Überweisung und auf Rechnung] bezahlen.",
    ],
  ],
  pt: [
    [
      "Qual é o horário de funcionamento?",
      ["quando vocês abrem", "abrem no fim de semana", "a que horas fecham", "horário de atendimento"],
      "Abrimos [de segunda a sexta, das 9h às 17h]. Pode nos escrever aqui a qualquer momento: respondemos quando voltarmos.",
    ],
    [
      "Como posso entrar em contato?",
      ["qual é o telefone de vocês", "qual é o e-mail de vocês", "como falo com vocês", "onde vocês ficam"],
      "Pode nos escrever aqui mesmo. Também atendemos por e-mail em [endereço] e por telefone no [número].",
    ],
    [
      "Quanto tempo leva a entrega?",
      [
        "quando chega o meu pedido",
        "qual é o prazo de envio",
        "onde está o meu pedido",
        "quanto custa o frete",
      ],
      "Normalmente entregamos em [3 a 5 dias úteis]. O frete custa [valor].",
    ],
    [
      "Como faço uma devolução?",
      ["posso devolver", "quero o reembolso", "como troco um produto", "qual é a política de devolução"],
      "Pode devolver a sua compra em até [30 dias]. Envie para [endereço], com o número do pedido.",
    ],
    [
      "Como posso pagar?",
      [
        "quais formas de pagamento aceitam",
        "aceitam cartão de crédito",
        "posso pagar por boleto",
        "posso pagar com PayPal",
      ],
      "Pode pagar com [cartão, transferência e fatura].",
    ],
  ],
  hi: [
    [
      "आप कब खुले रहते हैं?",
      ["खुलने का समय क्या है", "क्या आप सप्ताहांत में खुले हैं", "आप कब बंद होते हैं", "काम के घंटे"],
      "हम [सोमवार से शुक्रवार, सुबह 9 से शाम 5 बजे तक] खुले हैं। आप हमें यहाँ कभी भी लिख सकते हैं: लौटने पर हम जवाब देंगे।",
    ],
    [
      "मैं आपसे कैसे संपर्क कर सकता हूँ?",
      ["आपका फ़ोन नंबर क्या है", "आपका ईमेल पता क्या है", "आपसे कैसे बात करूँ", "आप कहाँ हैं"],
      "आप हमें यहीं लिख सकते हैं। ईमेल [पता] और फ़ोन [नंबर] पर भी हम मिलते हैं।",
    ],
    [
      "डिलीवरी में कितना समय लगता है?",
      ["मेरा ऑर्डर कब आएगा", "आप कितनी जल्दी भेजते हैं", "मेरा ऑर्डर कहाँ है", "डिलीवरी का शुल्क कितना है"],
      "हम आम तौर पर [3 से 5 कार्य दिवसों] में पहुँचाते हैं। डिलीवरी का शुल्क [राशि] है।",
    ],
    [
      "मैं सामान कैसे लौटाऊँ?",
      ["क्या मैं इसे वापस भेज सकता हूँ", "मुझे पैसे वापस चाहिए", "सामान कैसे बदलूँ", "वापसी की नीति क्या है"],
      "आप [30 दिनों] के भीतर सामान लौटा सकते हैं। उसे ऑर्डर नंबर के साथ [पता] पर भेजें।",
    ],
    [
      "मैं भुगतान कैसे कर सकता हूँ?",
      [
        "आप कौन से भुगतान स्वीकार करते हैं",
        "क्या आप क्रेडिट कार्ड लेते हैं",
        "क्या UPI से भुगतान हो सकता है",
        "क्या PayPal से भुगतान हो सकता है",
      ],
      "आप [कार्ड, UPI और बैंक ट्रांसफ़र] से भुगतान कर सकते हैं।",
    ],
  ],
  ar: [
    [
      "ما هي ساعات العمل؟",
      ["متى تفتحون", "هل تعملون في عطلة نهاية الأسبوع", "متى تغلقون", "أوقات الدوام"],
      "نعمل [من الأحد إلى الخميس، من 9 صباحًا إلى 5 مساءً]. يمكنك الكتابة إلينا هنا في أي وقت، وسنجيب عند عودتنا.",
    ],
    [
      "كيف يمكنني التواصل معكم؟",
      ["ما هو رقم هاتفكم", "ما هو بريدكم الإلكتروني", "كيف أتصل بكم", "أين موقعكم"],
      "يمكنك الكتابة إلينا هنا مباشرة. كما يمكنك مراسلتنا على [العنوان] والاتصال بنا على [الرقم].",
    ],
    [
      "كم يستغرق التوصيل؟",
      ["متى يصل طلبي", "ما سرعة الشحن", "أين طلبي", "كم تكلفة الشحن"],
      "نوصل عادة خلال [3 إلى 5 أيام عمل]. تكلفة التوصيل [المبلغ].",
    ],
    [
      "كيف أعيد منتجًا؟",
      ["هل يمكنني إرجاعه", "أريد استرداد المبلغ", "كيف أستبدل منتجًا", "ما هي سياسة الإرجاع"],
      "يمكنك إرجاع ما اشتريته خلال [30 يومًا]. أرسله إلى [العنوان] مع رقم الطلب.",
    ],
    [
      "كيف يمكنني الدفع؟",
      [
        "ما طرق الدفع المتاحة",
        "هل تقبلون بطاقات الائتمان",
        "هل يمكن الدفع عند الاستلام",
        "هل يمكن الدفع عبر PayPal",
      ],
      "يمكنك الدفع عن طريق [البطاقة والتحويل البنكي والدفع عند الاستلام].",
    ],
  ],
  ja: [
    [
      "営業時間を教えてください",
      ["何時から開いていますか", "週末も営業していますか", "何時に閉まりますか", "営業日はいつですか"],
      "営業時間は[月曜日から金曜日の9時から17時]です。こちらにはいつでもご記入いただけます。営業時間になり次第お返事します。",
    ],
    [
      "連絡方法を教えてください",
      [
        "電話番号を教えてください",
        "メールアドレスを教えてください",
        "どうすれば連絡できますか",
        "住所はどこですか",
      ],
      "こちらからご連絡いただけます。メール[アドレス]、お電話[番号]でも承ります。",
    ],
    [
      "配送にはどのくらいかかりますか",
      ["注文はいつ届きますか", "発送は早いですか", "注文した商品はどこですか", "送料はいくらですか"],
      "通常[3～5営業日]でお届けします。送料は[金額]です。",
    ],
    [
      "返品するにはどうすればよいですか",
      ["返品できますか", "返金してほしい", "商品を交換したい", "返品条件を教えてください"],
      "ご購入から[30日]以内であれば返品できます。注文番号を添えて[住所]までお送りください。",
    ],
    [
      "支払い方法を教えてください",
      [
        "どの支払い方法が使えますか",
        "クレジットカードは使えますか",
        "請求書払いはできますか",
        "PayPalは使えますか",
      ],
      "[カード、銀行振込、請求書払い]をご利用いただけます。",
    ],
  ],
};
