/** Scripts that one language of the widget, or nearly so, is written in. Checked in this order. */
const scripts: readonly [language: string, script: RegExp][] = [
  ["ja", /[\p{sc=Hiragana}\p{sc=Katakana}]/gu],
  ["ko", /\p{sc=Hangul}/gu],
  ["zh", /\p{sc=Han}/gu],
  ["hi", /\p{sc=Devanagari}/gu],
  ["th", /\p{sc=Thai}/gu],
  ["he", /\p{sc=Hebrew}/gu],
  ["el", /\p{sc=Greek}/gu],
];
const arabic = /\p{sc=Arabic}/gu;
/** Letters of Persian and Urdu that Arabic does not have. */
const persian = /[پچژگ]/u;
const urdu = /[ٹڈڑےں]/u;
const letters = /\p{L}/gu;

/** Frequent words of short questions, which statistics of letters often miss. */
const frequent: Record<string, string> = {
  en:
    "a as in on the is my i you do does how what when where can could it to of and for are have has this that your why which would with not am was be an if from get please me",
  es:
    "el la los las un una de que mi mis es esta en por para como donde cuando cuanto cuesta puedo quiero hay con del lo se me no tengo cual tienen su al si",
  fr:
    "le la les un une des de du est mon ma mes je vous que qui quoi ou quand comment combien puis pour avec dans sur pas ne au ce cette votre il elle et en avez",
  de:
    "der die das ein eine ist mein meine ich sie wie was wann wo kann und fur mit nicht von zu den dem auf warum welche haben habe gibt es bei wird mir im noch lange",
  pt:
    "o a os as um uma de do da que meu minha e em por para como onde quando quanto custa posso quero ha com no na nao voces tenho qual foi ao eu esta",
  it:
    "il lo la gli un una di che mio mia e in per come dove quando quanto posso voglio con del della non ho sono quale avete al si costa questo",
  nl:
    "de het een is mijn ik je u hoe wat wanneer waar kan en voor met niet van te op waarom welke hebben heb er bij wordt mij in kunnen jullie",
};
const frequentWords = Object.entries(frequent)
  .map(([language, words]) => [language, new Set(words.split(" "))] as const);

/** Fewest words, and least share of the winner, from which statistics of letters are believed. */
const fewestWords = 3;
const leastAccuracy = 0.15;
/** Longest part of a text that is looked at. UTF-16 code units. */
const longest = 500;

type Tinyld = typeof import("tinyld/light");
let loading: Promise<Tinyld> | undefined;

/** The language of a text as a tag without region; undefined where it is too short or too mixed to tell. */
export async function languageOf(text: string): Promise<string | undefined> {
  const part = text.slice(0, longest).normalize("NFC");
  return byScript(part) ?? byFrequentWords(part) ?? await byLetters(part);
}

/** A language tag without its script and region. */
export const baseOf = (tag: string): string => tag.split(/[-_]/, 1)[0]!.toLowerCase();

function byScript(text: string): string | undefined {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const all = count(letters);
  if (count(arabic) > all / 2) return urdu.test(text) ? "ur" : persian.test(text) ? "fa" : "ar";
  // Japanese is written in Han characters too: a few kana decide.
  const kana = count(scripts[0]![1]);
  if (kana > 0 && kana + count(scripts[2]![1]) > all / 2) return "ja";
  return scripts.find(([, script]) => count(script) > all / 2)?.[0];
}

function byFrequentWords(text: string): string | undefined {
  const words = text.toLowerCase().normalize("NFD").replace(/\p{M}|['’]s\b/gu, "").split(/[^\p{L}]+/u);
  const hits = frequentWords.map(([language, known]) => ({
    language,
    count: words.filter((word) => known.has(word)).length,
  })).sort((a, b) => b.count - a.count);
  const [first, second] = hits;
  return first!.count >= 2 && first!.count > second!.count ? first!.language : undefined;
}

async function byLetters(text: string): Promise<string | undefined> {
  if ((text.match(/\p{L}+/gu)?.length ?? 0) < fewestWords) return undefined;
  const { detectAll } = await (loading ??= import("tinyld/light"));
  const [first] = detectAll(text);
  return first && first.accuracy >= leastAccuracy ? first.lang : undefined;
}
