import { maxPhrases } from "../../protocol/limits.ts";
import { normalized } from "../text_features.ts";

const maxLength = 300;
/** Addresses and numbers of a person: they stay when the visitor's data is deleted, and say nothing about the question. */
const personal = /\S+@\S+|https?:\/\/\S+|\+?\d[\d\s./-]{5,}\d/gu;

/** A visitor's text as a phrase of an answer; empty if nothing of it is left. */
export function phraseOf(text: string): string {
  const plain = text.replace(personal, " ").replace(/\s+/gu, " ").trim();
  return normalized(plain, maxLength) === "" ? "" : plain.slice(0, maxLength).toWellFormed().trim();
}

/** The phrases of these texts that an answer does not have yet, as many as it has room for, by text. */
export function newPhrases(
  answer: { title: string; phrases: readonly string[] },
  texts: readonly string[],
): Map<string, string> {
  const known = new Set([answer.title, ...answer.phrases].map((one) => normalized(one, maxLength)));
  const found = new Map<string, string>();
  for (const text of texts) {
    const phrase = phraseOf(text), plain = normalized(phrase, maxLength);
    if (plain === "" || known.has(plain) || answer.phrases.length + found.size >= maxPhrases) continue;
    known.add(plain);
    found.set(text, phrase);
  }
  return found;
}
