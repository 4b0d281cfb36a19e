import assert from "node:assert/strict";
import fc from "fast-check";
import { smallTalk } from "../../bot/brain/small_talk/languages.ts";
import { recognise } from "../../bot/brain/small_talk/recognise.ts";

const kindOf = (text: string, languages?: string[]) => {
  const found = recognise(text, languages);
  return found && `${found.kind} ${found.language}`;
};

Deno.test("a greeting, thanks, a farewell are answered in their language", () => {
  const texts: Record<string, string[]> = {
    en: ["Hi!", "Hello there", "Good morning, team", "Thanks a lot!", "ok thanks bye", "How are you?", "👋"],
    hi: ["नमस्ते", "बहुत धन्यवाद!", "आप कैसे हैं?", "क्या आप रोबोट हैं?"],
    es: ["¡Hola, buenas tardes!", "muchas gracias", "Adios", "¿Eres un robot?"],
    fr: ["Bonjour à tous", "merci beaucoup !", "Ça va ?", "À bientôt"],
    de: ["Guten Tag", "Vielen Dank!", "Wie geht’s?", "Bist du ein Bot?", "Tschüss"],
    pt: ["Olá, bom dia!", "Muito obrigada", "Você é um robô?"],
    ar: ["السَّلامُ عليكم", "شكرًا جزيلاً", "كيف حالك؟", "هل أنت روبوت؟"],
    ja: ["こんにちは", "ありがとうございます！", "ロボットですか？", "さようなら"],
  };
  assert.deepEqual(Object.keys(texts).toSorted(), Object.keys(smallTalk).toSorted());
  for (const [language, said] of Object.entries(texts)) {
    for (const text of said) {
      const found = recognise(text);
      assert.equal(found?.kind, "small_talk", text);
      assert.equal(found?.language, language, text);
      assert.ok(Object.values(smallTalk[language]!.replies).includes((found as { text: string }).text));
    }
  }
});

Deno.test("thanks before a question are part of the question", () => {
  for (
    const text of [
      "thanks, but where is my order?",
      "hello where is my parcel",
      "hi do you ship to Norway",
      "are you a bot shop",
      "gracias, pero ¿dónde está mi pedido?",
      "merci, mais où est ma commande ?",
      "Danke, aber wo ist mein Paket?",
      "obrigado, mas onde está o meu pedido?",
      "धन्यवाद, लेकिन मेरा ऑर्डर कहाँ है?",
      "شكرا، لكن أين طلبي؟",
      "ありがとう、でも注文はどこですか",
      "yes",
      "ok",
      "",
      "人気商品は何ですか",
      "history",
    ]
  ) assert.equal(kindOf(text), undefined, text);
});

Deno.test("a word that languages share is answered in the language of the room", () => {
  assert.equal(kindOf("Hello"), "small_talk en");
  assert.equal(kindOf("Hello", ["fr"]), "small_talk fr");
  assert.equal(kindOf("Hi", ["de", "fr"]), "small_talk de");
  assert.equal(kindOf("Hello", ["ja"]), "small_talk en");
});

Deno.test("a person is asked for in many ways, in each language", () => {
  for (
    const text of [
      ...["Talk to a person", "human please", "agent", "I want to speak to a real human being"],
      ...[
        "can I talk to someone about my refund?",
        "real person pls",
        "get me a human",
        "not a bot, a person",
      ],
      ...["Hablar con una persona", "quiero hablar con un agente", "¿me pasas con una persona real?"],
      ...["Parler à une personne", "je veux parler à un conseiller", "un humain svp"],
      ...["Mit einem Menschen sprechen", "Kann ich bitte mit einem Mitarbeiter sprechen?", "Mensch bitte"],
      ...["Falar com uma pessoa", "quero falar com um atendente"],
      ...["किसी व्यक्ति से बात करें", "मुझे किसी इंसान से बात करनी है"],
      ...["التحدث إلى شخص", "أريد التحدث مع موظف"],
      ...["担当者と話す", "オペレーターにつないでください", "人間と話したい"],
    ]
  ) assert.equal(recognise(text)?.kind, "person", text);
});

Deno.test("a question that mentions a person is a question", () => {
  for (
    const text of [
      ...["I don't want to talk to a person", "human hair wigs?", "Is the agent fee refundable?"],
      ...["Do I need to speak to a representative to change my pin?", "customer service phone number"],
      ...[
        "Can I send money to another person?",
        "no quiero hablar con una persona",
        "¿Cuánto paga una persona?",
      ],
      ...["Wie viele Personen passen hinein?", "Combien de personnes ?", "このスタッフ募集は"],
    ]
  ) assert.notEqual(recognise(text)?.kind, "person", text);
});

Deno.test("any text is read without failing, a long one at no cost", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => void recognise(text)),
    { numRuns: 200 },
  );
  const begun = performance.now();
  recognise("talk to a ".repeat(20_000));
  recognise("hello ".repeat(20));
  assert.ok(performance.now() - begun < 200);
});
