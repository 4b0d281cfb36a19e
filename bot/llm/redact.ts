const otherDigits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g;
/** Their zeros: Arabic, Persian, Devanagari, full width. */
const zeros = [0x0660, 0x06f0, 0x0966, 0xff10];

const mail = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const iban = /(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?:[ -]?[a-z\d]){11,30}/giu;
const card = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g;
/** International; national with a leading zero; in groups as in America and India; ten or eleven digits. */
const phone = new RegExp(
  `(?<![\\p{L}\\p{N}+.-])(?:${
    [
      "(?:\\+|00)[1-9][\\d ().-]{5,22}\\d",
      "\\(?0\\d[\\d ()./-]{5,18}\\d",
      "\\(?\\d{3}\\)?[ .-]?\\d{3}[ .-]\\d{4}",
      "\\d{5}[ -]\\d{5}",
      "\\d{10,11}",
    ].join("|")
  })(?![\\p{L}\\p{N}])`,
  "gu",
);

/**
 * A text without mail addresses, bank accounts (IBAN), card numbers (by their check digit) and telephone numbers; a word
 * stands in the place of each.
 */
export function redact(text: string): string {
  return withAsciiDigits(text)
    .replace(mail, "(mail address)")
    .replace(iban, (found, at: number, all: string) => withoutAccount(found, all[at + found.length]))
    .replace(card, (found) => isCard(found) ? "(card number)" : found)
    .replace(phone, "(telephone number)");
}

const withAsciiDigits = (text: string) =>
  text.replace(otherDigits, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - zeros.findLast((zero) => zero <= code)!);
  });

/** The match may have words behind the account. `next`: the character that follows it. */
function withoutAccount(found: string, next = ""): string {
  for (let end = found.length; end >= 15; end--) {
    const isEnd = /^[^\p{L}\p{N}]?$/u.test(found[end] ?? next) && /[^ -]$/.test(found.slice(0, end));
    if (isEnd && isAccount(found.slice(0, end))) return `(bank account)${found.slice(end)}`;
  }
  return found;
}

/** ISO 13616: the first four characters moved to the end, letters as 10 to 35, leave 1 modulo 97. */
function isAccount(text: string): boolean {
  const compact = text.replace(/[ -]/g, "").toUpperCase();
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Luhn's check: of all digits from the right, every second doubled. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, "").split("").reverse().map(Number);
  const sum = digits.reduce((total, digit, i) => {
    const doubled = i % 2 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
