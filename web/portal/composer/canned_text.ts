import { cannedParts, type CannedVariable } from "../../../protocol/canned_text.ts";

/** Brackets around what the agent fills in. */
const [open, close] = ["⟦", "⟧"];

/**
 * A canned reply with its variables filled in. What it asks for becomes a gap in the text, `⟦Order number⟧`, unless it
 * has a fallback: the text alone says what is still to be filled in, also in a draft.
 */
export function expandCanned(text: string, values: Partial<Record<CannedVariable, string>>): string {
  return cannedParts(text).map((part) => {
    switch (part.type) {
      case "text":
        return part.text;
      case "variable":
        return values[part.name]?.trim() || (part.fallback ?? "");
      case "ask":
        return part.fallback ?? `${open}${part.label}${close}`;
      case "unknown":
        return "";
    }
  }).join("");
}

/** A gap that is still to be filled in. */
export interface Gap {
  name: string;
  from: number;
  to: number;
}

/** The next gap at or after an index. */
export function gapFrom(text: string, index: number): Gap | undefined {
  const found = new RegExp(`${open}([^${open}${close}]*)${close}`, "gu");
  found.lastIndex = index;
  const gap = found.exec(text);
  return gap ? { name: gap[1]!, from: gap.index, to: gap.index + gap[0].length } : undefined;
}
