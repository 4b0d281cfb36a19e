/** A stretch of a text: plain, or a link that a browser may follow. */
export interface Stretch {
  text: string;
  href?: string;
}

// No nesting and no overlap between the parts, so that its time grows with the text and no faster.
const address = /https?:\/\/[^\s<>"'`]+/gi;

/** Cuts a text at its http and https addresses. The stretches, joined, are the text. */
export function cutLinks(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const shown = withoutTail(found);
    const href = hrefOf(shown);
    if (!href) continue;
    if (index > end) stretches.push({ text: text.slice(end, index) });
    stretches.push({ text: shown, href });
    end = index + shown.length;
  }
  if (end < text.length) stretches.push({ text: text.slice(end) });
  return stretches;
}

/** What ends a sentence does not end its last link; a bracket does if it was opened within. */
function withoutTail(found: string): string {
  let end = found.length;
  while (end > 0 && /[.,;:!?)\]}*_~]/.test(found[end - 1]!)) {
    if (found[end - 1] === ")" && found.lastIndexOf("(", end - 2) > 0) break;
    end--;
  }
  return found.slice(0, end);
}

function hrefOf(text: string): string | undefined {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
