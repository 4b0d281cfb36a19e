import { hashOf, shortOf } from "../../../protocol/visitor_name.ts";
import { say } from "./words.ts";

export { shortOf };

/** Number of visitor tints in `portal.css`. */
const tints = 10;

export const tintOf = (consumer: string): number => hashOf(consumer) % tints;

/** Display name of a visitor: the name, else the email, else "Visitor 3f2a". */
export function nameOf(
  { consumer, visitor }: { consumer: string; visitor?: { name?: string; email?: string } },
): string {
  return visitor?.name || visitor?.email || say("visitor", { short: shortOf(consumer) });
}

/** Initials: of the name's first and last word, else of the short name. */
export function initialsOf(consumer: string, name?: string): string {
  const words = (name ?? "").split(/[\s@._-]+/).filter(Boolean);
  if (words.length === 0) return shortOf(consumer).slice(0, 2).toUpperCase();
  const first = firstOf(words[0]!), last = words.length > 1 ? firstOf(words.at(-1)!) : "";
  return (first + last).toUpperCase();
}

/** The first grapheme: a letter with its marks, a whole emoji. */
function firstOf(word: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word);
  return first?.segment ?? "";
}
