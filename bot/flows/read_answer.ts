import { flowLimits } from "../../protocol/flow_text.ts";
import type { AskStep } from "../../protocol/flows.ts";
import { isBlank } from "../../protocol/text.ts";

/** A usable answer: what is kept, and the number of the choice. */
export interface Answered {
  value: string;
  choice?: number;
}

/** Reads what a visitor answered to a question. `shown`: the choices in the visitor's language. */
export function readAnswer(
  { as, choices = [] }: Pick<AskStep, "as" | "choices">,
  { text, button }: { text: string; button?: string },
  shown: readonly string[] = [],
): Answered | undefined {
  if (as === "choice") {
    const choice = choiceIn({ text, button }, [choices.map(({ label }) => label), shown]);
    return choice === undefined ? undefined : { value: choices[choice]!.label, choice };
  }
  const value = readers[as](asciiDigits(text));
  return value === undefined || isBlank(value) ? undefined : { value: cut(value, flowLimits.value) };
}

const readers: Record<Exclude<AskStep["as"], "choice">, (text: string) => string | undefined> = {
  text: (text) => text.trim(),
  email: (text) =>
    onlyOne(text.match(/[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\]{1,190}\.\p{L}{2,24}(?!\p{L})/gu)),
  phone: (text) => onlyOne(phonesIn(text)),
  number: (text) => onlyOne(text.match(/-?\d{1,30}(?:[.,]\d{1,12})?/g)),
};

/** Numbers of 6 to 15 digits, with the usual separators; kept without them. */
function phonesIn(text: string): string[] {
  const found = text.match(/\+?[\d(][\d ().\-/\u00a0]{4,30}\d/g) ?? [];
  return found.map((one) => one.replace(/[^\d+]/g, "")).filter((one) => /^\+?\d{6,15}$/.test(one));
}

function onlyOne(found: readonly string[] | null): string | undefined {
  const all = new Set(found);
  return all.size === 1 ? [...all][0] : undefined;
}

/** The choice of a pressed button, of its label, or of its number in the list. */
function choiceIn(
  { text, button }: { text: string; button?: string },
  labels: readonly (readonly string[])[],
): number | undefined {
  const count = labels[0]!.length;
  const pressed = /^choice:(\d{1,2})$/.exec(button ?? "")?.[1];
  if (pressed !== undefined) return Number(pressed) < count ? Number(pressed) : undefined;
  const given = compared(text);
  const named = labels.map((list) => list.findIndex((label) => compared(label) === given)).find((i) =>
    i >= 0
  );
  if (named !== undefined) return named;
  const nth = /^\d{1,2}$/.test(given) ? Number(given) : 0;
  return nth >= 1 && nth <= count ? nth - 1 : undefined;
}

/** As texts are compared: without case, accents, punctuation at the ends. */
export function compared(text: string): string {
  return asciiDigits(text).normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase()
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, "").replace(/\s+/gu, " ");
}

/** Digits of any script as 0-9. */
function asciiDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
    // The digits of each script stand in a row that begins at a multiple of ten of them.
    let zero = digit.codePointAt(0)!;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String((digit.codePointAt(0)! - zero) % 10);
  });
}

/** At most so many characters (UTF-16 code units), no character in halves. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}
