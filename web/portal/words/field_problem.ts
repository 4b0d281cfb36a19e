import { fieldWords } from "./field_words.ts";
import { count, say, type Word } from "./words.ts";

/** What the service says of a field, in the chosen language; as it is, where the table has no words for it. */
export function fieldProblem(said: string): string {
  const found = fieldWords(said);
  if (!found) return said;
  return found.n === undefined ? say(found.word as Word) : count(found.word, found.n);
}
