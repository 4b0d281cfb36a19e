/** A part of a text: plain, or a link that is safe to follow. */
export interface Stretch {
  text: string;
  href?: string;
}

/**
 * Characters of an address: ASCII without quotes, and of other scripts all but their quotes, brackets, sentence ends
 * and direction marks, since many write no space after an address. The middle dots of Catalan and Japanese are within words.
 */
const part =
  "(?:[!#-&(-;=?-_a-~·・]|[^\\0-\\x7f\\s\\p{Po}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}〜\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069])";
const mailName = "[\\p{L}\\p{N}._%+-]";
const label = "[\\p{L}\\p{N}-]+";

// No nesting, no overlap between the alternatives, and each run is tried from its beginning only, so that the time is
// linear in the text.
const found = new RegExp(
  [
    `(?:https?://|(?<![\\p{L}\\p{N}@.-])www\\.)${part}+`,
    `(?<!${mailName})${mailName}+@${label}(?:\\.${label})+`,
    // International, or in national notation: dates and order numbers do not match.
    "(?<![\\p{L}\\p{N}+.-]|\\d )(?:\\+[1-9]|\\(?0)[\\d ().-]{5,24}\\d(?![\\p{L}\\p{N}])",
  ].join("|"),
  "giu",
);

/** Splits a text at web addresses, mail addresses and telephone numbers. The parts, joined, are the text. */
export function cutLinks(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let end = 0;
  for (const { 0: whole, index } of text.matchAll(found)) {
    const shown = withoutTail(whole);
    const href = hrefOf(shown);
    if (!href) continue;
    if (index > end) stretches.push({ text: text.slice(end, index) });
    stretches.push({ text: shown, href });
    end = index + shown.length;
  }
  if (end < text.length) stretches.push({ text: text.slice(end) });
  return stretches;
}

const pairs: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** Sentence punctuation does not belong to the last link; a closing bracket does if it was opened within. */
function withoutTail(found: string): string {
  const surplus: Record<string, number> = {};
  for (const close in pairs) {
    surplus[close] = found.split(close).length - found.split(pairs[close]!).length;
  }
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1]!;
    if (last in pairs) {
      if (surplus[last]!-- <= 0) break;
    } else if (!/[.,;:!?*_~([{|]/.test(last)) break;
  }
  return found.slice(0, end);
}

function hrefOf(text: string): string | undefined {
  // A bare name such as "www.asha" does not resolve.
  const web = /^https?:/i.test(text) ? text : /^www\.[^/]+\../i.test(text) ? `https://${text}` : "";
  if (web) return URL.canParse(web) ? new URL(web).href : undefined;
  // A package version is no address.
  if (/^[^(]+@/.test(text)) return /\.\d+$/.test(text) ? undefined : `mailto:${encodeURI(text)}`;
  const digits = text.replace(/\D/g, "").length;
  const isNumber = text[0] === "+" ? digits > 6 : /^\(?0[\d ()-]+$/.test(text) && digits > 8;
  return isNumber && digits < 16 ? `tel:${text.replace(/[^\d+]/g, "")}` : undefined;
}
