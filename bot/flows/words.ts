import type { AskedAs } from "../../protocol/flows.ts";

type Words = Record<AskedAs, string>;

/** What the bot says where an answer cannot be used, before it asks again. */
const words: Record<string, Words> = {
  en: {
    text: "Please answer with a few words.",
    email: "That does not look like an email address.",
    phone: "That does not look like a phone number.",
    number: "Please answer with a number.",
    choice: "Please choose one of these.",
  },
  ar: {
    text: "يرجى الإجابة ببضع كلمات.",
    email: "لا يبدو هذا عنوان بريد إلكتروني.",
    phone: "لا يبدو هذا رقم هاتف.",
    number: "يرجى الإجابة برقم.",
    choice: "يرجى اختيار أحد هذه الخيارات.",
  },
  de: {
    text: "Bitte antworten Sie mit ein paar Worten.",
    email: "Das sieht nicht nach einer E-Mail-Adresse aus.",
    phone: "Das sieht nicht nach einer Telefonnummer aus.",
    number: "Bitte antworten Sie mit einer Zahl.",
    choice: "Bitte wählen Sie eine dieser Möglichkeiten.",
  },
  es: {
    text: "Responde con unas palabras, por favor.",
    email: "Eso no parece una dirección de correo.",
    phone: "Eso no parece un número de teléfono.",
    number: "Responde con un número, por favor.",
    choice: "Elige una de estas opciones, por favor.",
  },
  fr: {
    text: "Merci de répondre en quelques mots.",
    email: "Cela ne ressemble pas à une adresse e-mail.",
    phone: "Cela ne ressemble pas à un numéro de téléphone.",
    number: "Merci de répondre par un nombre.",
    choice: "Merci de choisir l’une de ces réponses.",
  },
  hi: {
    text: "कृपया कुछ शब्दों में उत्तर दें।",
    email: "यह ईमेल पता नहीं लगता।",
    phone: "यह फ़ोन नंबर नहीं लगता।",
    number: "कृपया एक संख्या में उत्तर दें।",
    choice: "कृपया इनमें से एक चुनें।",
  },
  ja: {
    text: "ひとことでご回答ください。",
    email: "メールアドレスの形式ではないようです。",
    phone: "電話番号の形式ではないようです。",
    number: "数字でご回答ください。",
    choice: "次の中からお選びください。",
  },
  pt: {
    text: "Responda com algumas palavras, por favor.",
    email: "Isso não parece um endereço de e-mail.",
    phone: "Isso não parece um número de telefone.",
    number: "Responda com um número, por favor.",
    choice: "Escolha uma destas opções, por favor.",
  },
};

/** The words of a language tag, or English. */
export function askAgain(as: AskedAs, language: string): string {
  const tag = language.toLowerCase().split("-")[0]!;
  return (Object.hasOwn(words, tag) ? words[tag]! : words.en!)[as];
}
