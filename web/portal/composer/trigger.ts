/** What may be completed: a canned reply after "/", a colleague after "@". */
export type TriggerSign = "/" | "@";

/** A sign typed at the beginning of a word, and what follows it up to the cursor. */
export interface Trigger {
  sign: TriggerSign;
  /** Index of the sign in the text. */
  from: number;
  query: string;
}

/** What is being completed at the cursor, if anything. */
export function triggerAt(text: string, caret: number, signs: readonly TriggerSign[]): Trigger | undefined {
  const [, sign, query] = /(?:^|\s)([/@])([\p{L}\p{M}\p{N}_.-]{0,40})$/u.exec(text.slice(0, caret)) ?? [];
  if (sign === undefined || !signs.includes(sign as TriggerSign)) return undefined;
  return { sign: sign as TriggerSign, from: caret - query!.length - 1, query: query! };
}

/** Replaces a part of the input as if it was typed: it can be undone, and the rest of the text stays. */
export function insertText(input: HTMLTextAreaElement, text: string, from: number, to: number): void {
  input.focus();
  input.setSelectionRange(from, to);
  // Deprecated, and the only way that keeps the browser's undo.
  if (document.execCommand("insertText", false, text)) return;
  input.setRangeText(text, from, to, "end");
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
