import type { Conversation } from "./conversation.ts";

/** Conversations in the other languages of the widget. */
export const world: Conversation[] = [
  {
    locale: "hi-IN",
    lines: [
      ["v", "नमस्ते, मेरा ऑर्डर {order} कहाँ है? 📦"],
      ["a", "नमस्ते! वह कल {city} से निकल चुका है, परसों तक पहुँच जाएगा।"],
      ["v", "बहुत धन्यवाद!"],
      ["r"],
    ],
  },
  { locale: "hi-IN", lines: [["v", "क्या यह लैंप {colour} रंग में भी मिलता है?"]] },
  {
    locale: "hi-IN",
    lines: [
      ["v", "दीवाली से पहले दस लैंप चाहिए, हो पाएगा?"],
      ["a", "हाँ, अगर ऑर्डर इस हफ़्ते आ जाए। दस पर पंद्रह प्रतिशत की छूट भी है।"],
      ["v", "ठीक है, मैं आज ही ऑर्डर करती हूँ।"],
    ],
  },
  {
    locale: "es-ES",
    lines: [
      ["v", "¡Hola! ¿Hacéis envíos a {city}?"],
      ["a", "¡Hola! Sí, tardan entre tres y cinco días."],
      ["v", "Estupendo, muchas gracias."],
      ["r"],
    ],
  },
  {
    locale: "es-MX",
    lines: [["v", "Buenas tardes, mi pedido {order} llegó sin el cable. ¿Me lo pueden mandar?"]],
  },
  {
    locale: "es-ES",
    lines: [
      ["v", "¿La lámpara sirve para un techo inclinado?"],
      ["a", "Sí, el cable es flexible y el florón tapa hasta 30 grados de inclinación."],
      ["v", "¿Y se puede acortar el cable?"],
      ["a", "En casa, con un destornillador. Las instrucciones vienen en la caja."],
      ["r"],
    ],
  },
  {
    locale: "fr-FR",
    lines: [
      ["v", "Bonjour, la lampe {colour} est-elle encore disponible ?"],
      ["a", "Bonjour ! Oui, il en reste une. Voulez-vous que je la mette de côté ?"],
      ["v", "Volontiers, je passe samedi."],
      ["a", "Elle vous attend. À samedi !"],
      ["r"],
    ],
  },
  { locale: "fr-FR", lines: [["v", "Peut-on payer en deux fois ?"]] },
  {
    locale: "fr-BE",
    lines: [
      ["v", "Ma commande {order} est marquée « livrée », mais je n'ai rien reçu."],
      ["a", "Je suis désolée. J'appelle le transporteur tout de suite."],
      ["a", "Le colis est chez votre voisin du numéro 12."],
      ["v", "Trouvé ! Merci mille fois."],
      ["r"],
    ],
  },
  {
    locale: "de-DE",
    lines: [
      ["v", "Guten Tag, wie lange dauert die Lieferung nach {city}?"],
      ["a", "Guten Tag! Zwei bis drei Werktage, wenn Sie heute noch bestellen, also bis Donnerstag."],
      ["v", "Wunderbar, danke schön."],
      ["r"],
    ],
  },
  {
    locale: "de-AT",
    lines: [
      ["v", "Die Glühbirne flackert. Liegt das an der Lampe?"],
      ["a", "Meist sitzt sie nur locker. Bitte ausschalten, abkühlen lassen und fester drehen."],
      ["v", "Das war's. Danke!"],
      ["r"],
    ],
  },
  {
    locale: "de-DE",
    lines: [["v", "Gibt es die Lampe auch mit Textilkabel in Weinrot?"], ["v", "Und wenn ja, wie lang?"]],
  },
  {
    locale: "pt-BR",
    lines: [
      ["v", "Oi! Vocês entregam em {city}?"],
      ["a", "Oi! Entregamos sim, em até oito dias úteis."],
      ["v", "Ótimo, vou fazer o pedido."],
      ["r"],
    ],
  },
  {
    locale: "pt-PT",
    lines: [["v", "Boa noite, a fatura do pedido {order} tem o nome errado. Podem corrigi-la?"]],
  },
  {
    locale: "ar-EG",
    lines: [
      ["v", "مرحبا، هل المصباح متوفر باللون {colour}؟"],
      ["a", "أهلا وسهلا! نعم، بقي منه اثنان."],
      ["v", "ممتاز، سأطلب واحدا اليوم."],
      ["r"],
    ],
  },
  { locale: "ar-SA", lines: [["v", "متى يصل طلبي {order}؟"]] },
  {
    locale: "ar-EG",
    lines: [
      ["v", "الزجاج وصل مكسورا 😞"],
      ["a", "نعتذر كثيرا. سنرسل لك قطعة جديدة اليوم بلا أي تكلفة."],
      ["v", "شكرا على السرعة!"],
    ],
  },
  {
    locale: "ja-JP",
    lines: [
      ["v", "こんにちは。{city}まで送ってもらえますか？"],
      ["a", "はい、五日ほどでお届けできます。"],
      ["v", "ありがとうございます。注文しました。"],
      ["r"],
    ],
  },
  { locale: "ja-JP", lines: [["v", "注文番号 {order} の領収書をお願いします。"]] },
  {
    locale: "ja-JP",
    lines: [
      ["v", "電球はLEDでも大丈夫ですか？"],
      ["a", "E14口金のLEDなら大丈夫です。電球色がおすすめです。"],
      ["v", "助かりました！"],
      ["r"],
    ],
  },
];
