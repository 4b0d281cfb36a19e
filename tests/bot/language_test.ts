import assert from "node:assert/strict";
import { baseOf, languageOf } from "../../bot/brain/language.ts";

Deno.test("short questions are told apart by language", async () => {
  const texts: Record<string, string[]> = {
    en: ["Where is my parcel?", "How do I return an item?", "Is there a fee for a transaction?"],
    de: ["Wann kommt meine Lampe an?", "Wie lange dauert der Versand", "Ich will mein Geld zurück"],
    es: ["¿Cuándo llega mi pedido?", "Donde esta mi pedido", "quiero un reembolso", "cuanto tarda el envio"],
    fr: ["Où est ma commande ?", "combien coûte la livraison", "Livrez-vous en Suisse ?"],
    pt: ["Onde está o meu pedido?", "Qual é o prazo de entrega?", "quero devolver a lâmpada"],
    hi: ["मेरा ऑर्डर कहाँ है?"],
    ar: ["أين طلبي؟", "كم يستغرق الشحن؟"],
    ja: ["注文はどこですか", "返品したい", "iPhoneケースはありますか"],
    ...{ zh: ["订单什么时候到"], fa: ["سفارش من کجاست؟ چه زمانی می‌رسد"], ko: ["주문은 어디에 있나요"] },
    ...{
      it: ["Dove è il mio ordine"],
      nl: ["Waar is mijn bestelling?"],
      sv: ["Hur lång tid tar leveransen?"],
    },
    ...{ pl: ["Gdzie jest moje zamówienie?"], ru: ["Сколько стоит доставка?"] },
  };
  for (const [language, said] of Object.entries(texts)) {
    for (const text of said) assert.equal(await languageOf(text), language, text);
  }
});

Deno.test("what is too short or no language at all has none", async () => {
  for (const text of ["", "refund pls", "iPhone 15 case", "order status", "ok", "12345", "🦔", "\ud800"]) {
    assert.equal(await languageOf(text), undefined, text);
  }
});

Deno.test("a tag is compared by its language", () => {
  assert.deepEqual(["pt-BR", "EN", "zh_Hant"].map(baseOf), ["pt", "en", "zh"]);
});
