import type { Answer } from "../../db/collections/knowledge/answers.ts";

/** What a visitor has written, with what is known of its language. */
export interface Question {
  text: string;
  /** The visitor's, a language tag. */
  locale?: string;
  /** That of the room, as far as earlier texts have shown it. */
  language?: string;
  /** Confidence from which an answer is given, 0 to 1. */
  threshold: number;
}

/** An answer that may be meant. */
export interface Guess {
  /** Of the answer. */
  id: string;
  /** Probability, 0 to 1. */
  confidence: number;
}

/** A guess as members see it. */
export interface ShownGuess extends Guess {
  title: string;
  /** The title or phrase of the answer that is most like the question. */
  nearest: string;
}

/** How a text is understood. `language`: a tag without region, absent where nothing shows it. */
export type Reading = { language?: string } & Meaning;

export type Meaning =
  /** Asks for a person. */
  | { kind: "person" }
  /** `text`: what to reply, in the language of the greeting. It is no question. */
  | { kind: "small_talk"; text: string }
  /** `text`: the variant of the language, or the answer's own. */
  | { kind: "answer"; answer: Answer; text: { title: string; body: string }; confidence: number }
  /** "Did you mean": one to three answers, best first. */
  | { kind: "offer"; answers: { id: string; title: string }[]; confidence: number }
  /** A start phrase of a flow. */
  | { kind: "flow"; id: string; confidence: number }
  /** At most three guesses, best first. */
  | { kind: "unknown"; guesses: Guess[] };

/** A text that may contain the answer. */
export interface Found {
  source: { article?: string; answer?: string; title: string; url?: string };
  text: string;
}
