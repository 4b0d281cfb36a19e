import type { Asked, CitedSource } from "./generate.ts";

const marks = /[[【]\s*(\d+(?:\s*[,;、–-]\s*\d+)*)\s*(?:†[^\]】]*)?[\]】]/g;

/** Numbers that a text cites, each once, in order. */
export function citedIn(text: string): number[] {
  const numbers = [...text.matchAll(marks)].flatMap(([, list]) => list!.match(/\d+/g)!.map(Number));
  return [...new Set(numbers)];
}

/** Whether a text cites only passages that were given. */
export const citesGiven = (text: string, passages: Asked["passages"]): boolean =>
  citedIn(text).every((n) => n >= 1 && n <= passages.length);

/** The sources that a text cites, by number; none if it cites one that was not given. */
export function sourcesOf(text: string, passages: Asked["passages"]): CitedSource[] {
  if (!citesGiven(text, passages)) return [];
  return citedIn(text).sort((a, b) => a - b).map((n) => {
    const { title, url } = passages[n - 1]!.source;
    return { n, title, ...(url && { url }) };
  });
}
