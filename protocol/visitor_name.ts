/** A number that is the same for the same text, and spreads well (FNV-1a). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Four characters for a visitor without a name: always the same ones, and too few to be the id. */
export const shortOf = (consumer: string): string =>
  (hashOf(consumer) & 0xffff).toString(16).padStart(4, "0");

/** What the portal says before them, in each of its languages. */
export const visitorWords = ["Visitor", "زائر"] as const;
