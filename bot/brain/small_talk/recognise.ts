import { normalized } from "../../text_features.ts";
import { type SmallTalk, smallTalk } from "./languages.ts";

type Kind = keyof SmallTalk["replies"];
/** `isWhole`: the text says nothing else. */
export type Recognised = { kind: "person"; isWhole: boolean } | { kind: "small_talk"; text: string };

/** Longest text, in normalized characters, that is looked at: a longer one asks something. */
const longest = 120;
/** The strongest that a text contains decides about the reply. */
const kinds: readonly Kind[] = ["are_you_a_bot", "how_are_you", "bye", "thanks", "hello"];
/** Scripts without spaces between words. */
const unspaced = new Set(["ja"]);

interface Known {
  language: string;
  phrases: [text: string, kind: Kind | undefined][];
  person: string[];
  personWords: string[];
  talk: SmallTalk;
}

const plain = (texts: readonly string[]) => texts.map((text) => normalized(text, longest));
const longestFirst = (a: string, b: string) => b.length - a.length;

const known: Known[] = Object.entries(smallTalk).map(([language, talk]) => {
  const fillers = plain(talk.filler), nouns = plain(talk.person.nouns);
  const phrases = [
    ...kinds.flatMap((kind) => plain(talk[kind]).map((text) => [text, kind] as [string, Kind])),
    ...fillers.map((text) => [text, undefined] as [string, undefined]),
  ];
  return {
    ...{ language, talk, person: nouns },
    phrases: phrases.sort(([a], [b]) => longestFirst(a, b)),
    personWords: [...nouns, ...plain(talk.person.request), ...fillers].sort(longestFirst),
  };
});

/**
 * A greeting, thanks, a farewell, a question about the bot itself, or a request for a person. The whole text must be
 * that: "thanks, but where is my order?" is a question. `languages`: tried first, since languages share words.
 */
export function recognise(
  text: string,
  languages: readonly string[] = [],
): Recognised & { language: string } | undefined {
  const words = normalized(text, 1_000);
  if (!words || words.length > longest) return undefined;
  const rank = (language: string) => (languages.indexOf(language) + 1) || languages.length + 1;
  const ranked = known.toSorted((a, b) => rank(a.language) - rank(b.language));
  const wholly = ranked.find((one) => isWhollyForPerson(words, one));
  if (wholly) return { kind: "person", isWhole: true, language: wholly.language };
  const partly = ranked.find(({ talk: { person } }) =>
    person.asks.test(words) && !person.unless?.test(words)
  );
  if (partly) return { kind: "person", isWhole: false, language: partly.language };
  for (const one of ranked) {
    const kind = kindOf(words, one);
    if (kind) return { kind: "small_talk", text: one.talk.replies[kind], language: one.language };
  }
}

/** Whether nothing but a request for a person is left of the text. */
function isWhollyForPerson(words: string, { person, personWords, talk, language }: Known): boolean {
  const parts = cut(words, personWords.map((word) => [word, word]), unspaced.has(language));
  return parts?.some((part) => person.includes(part)) === true && !talk.person.unless?.test(words);
}

function kindOf(words: string, { phrases, language }: Known): Kind | undefined {
  const found = cut(words, phrases, unspaced.has(language));
  return kinds.find((kind) => found?.includes(kind));
}

/** The values of the phrases that a text consists of; undefined if it contains anything else. */
function cut<T>(
  text: string,
  phrases: readonly (readonly [phrase: string, value: T])[],
  isUnspaced: boolean,
): T[] | undefined {
  const found: T[] = [];
  for (let rest = text; rest;) {
    const next = phrases.find(([phrase]) =>
      rest.startsWith(phrase) && (isUnspaced || rest.length === phrase.length || rest[phrase.length] === " ")
    );
    if (!next) return undefined;
    found.push(next[1]);
    rest = rest.slice(next[0].length).trimStart();
  }
  return found;
}
