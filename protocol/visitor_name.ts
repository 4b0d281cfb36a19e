/** FNV-1a: a stable, well distributed number for a text. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Four stable characters for a visitor without a name, too few to reveal the id. */
export const shortOf = (consumer: string): string =>
  (hashOf(consumer) & 0xffff).toString(16).padStart(4, "0");

/** The word that the portal puts before them, in each of its languages. */
export const visitorWords = ["Visitor", "زائر"] as const;
