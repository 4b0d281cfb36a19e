/** Marks of lists in a pasted text: "- ", "• ", "3. ", "4) ". */
const mark = /^\s*(?:[-*•–]|\d{1,3}[.)])\s+/u;

/** Phrases of a text, one a line; marks of lists, empty lines and what is there twice are left out. */
export function phrasesIn(text: string): string[] {
  const all = text.split(/\r?\n/).map((line) => line.replace(mark, "").trim().replace(/\s+/gu, " "));
  return [...new Set(all.filter(Boolean))];
}
