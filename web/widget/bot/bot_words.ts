import type { Phrases } from "../../ui/phrases.ts";
import { partPhrases } from "../part_phrases.ts";

const english = {
  person: "Talk to a person",
  suggested: "Suggested questions",
  choices: "Choices",
  sources: "Sources",
  helpful: "Was this helpful?",
  yes: "Yes",
  no: "No",
};
type Word = keyof typeof english;

/** What is said around the bot's answers, by language. `person` is a phrase that the bot understands. */
export const botStrings: { en: typeof english } & Record<string, Record<Word, string>> = {
  en: english,
  hi: {
    person: "किसी व्यक्ति से बात करें",
    suggested: "सुझाए गए सवाल",
    choices: "विकल्प",
    sources: "स्रोत",
    helpful: "क्या इससे मदद मिली?",
    yes: "हाँ",
    no: "नहीं",
  },
  es: {
    person: "Hablar con una persona",
    suggested: "Preguntas sugeridas",
    choices: "Opciones",
    sources: "Fuentes",
    helpful: "¿Te ha servido?",
    yes: "Sí",
    no: "No",
  },
  fr: {
    person: "Parler à une personne",
    suggested: "Questions suggérées",
    choices: "Choix",
    sources: "Sources",
    helpful: "Cela vous a-t-il aidé ?",
    yes: "Oui",
    no: "Non",
  },
  de: {
    person: "Mit einem Menschen sprechen",
    suggested: "Vorgeschlagene Fragen",
    choices: "Auswahl",
    sources: "Quellen",
    helpful: "War das hilfreich?",
    yes: "Ja",
    no: "Nein",
  },
  pt: {
    person: "Falar com uma pessoa",
    suggested: "Perguntas sugeridas",
    choices: "Opções",
    sources: "Fontes",
    helpful: "Isso ajudou?",
    yes: "Sim",
    no: "Não",
  },
  ar: {
    person: "التحدث إلى شخص",
    suggested: "أسئلة مقترحة",
    choices: "الخيارات",
    sources: "المصادر",
    helpful: "هل كان هذا مفيدًا؟",
    yes: "نعم",
    no: "لا",
  },
  ja: {
    person: "担当者と話す",
    suggested: "よくある質問",
    choices: "選択肢",
    sources: "出典",
    helpful: "役に立ちましたか？",
    yes: "はい",
    no: "いいえ",
  },
};

export function botWords(locale: string): Phrases<Word> {
  return partPhrases(botStrings, locale);
}
