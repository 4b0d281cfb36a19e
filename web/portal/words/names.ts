import { hashOf, shortOf } from "../../../protocol/visitor_name.ts";
import { say } from "./words.ts";

export { shortOf };

/** So many tints `portal.css` has for visitors. */
const tints = 10;

export const tintOf = (consumer: string): number => hashOf(consumer) % tints;

/** What a visitor is called: by name, else by email, else "Visitor 3f2a". */
export function nameOf(
  { consumer, visitor }: { consumer: string; visitor?: { name?: string; email?: string } },
): string {
  return visitor?.name || visitor?.email || say("visitor", { short: shortOf(consumer) });
}

/** One or two characters: of the name's first and last word, else of the short name. */
export function initialsOf(consumer: string, name?: string): string {
  const words = (name ?? "").split(/[\s@._-]+/).filter(Boolean);
  if (words.length === 0) return shortOf(consumer).slice(0, 2).toUpperCase();
  const first = firstOf(words[0]!), last = words.length > 1 ? firstOf(words.at(-1)!) : "";
  return (first + last).toUpperCase();
}

/** The first character as a person sees it: a letter with its marks, an emoji whole. */
function firstOf(word: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word);
  return first?.segment ?? "";
}
