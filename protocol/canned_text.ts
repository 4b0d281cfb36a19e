import { placeholder } from "./placeholder.ts";

/** Variables of canned replies. No zod here: the browser fills them in. */
export const cannedVariables = [
  "visitor.name",
  "visitor.email",
  "visitor.phone",
  "visitor.company",
  "agent.name",
  "page.title",
  "page.url",
  "room.id",
] as const;
export type CannedVariable = typeof cannedVariables[number];

/** A piece of a canned reply: text, a variable, or something to ask the agent for. */
export type CannedPart =
  | { type: "text"; text: string }
  | { type: "variable"; name: CannedVariable; fallback?: string }
  | { type: "ask"; label: string; fallback?: string }
  | { type: "unknown"; name: string };

/** Splits a canned reply at its variables: `{{visitor.name|there}}`, `{{ask:Order number}}`; with spaces or without. */
export function cannedParts(text: string): CannedPart[] {
  const parts: CannedPart[] = [];
  let from = 0;
  for (const found of text.matchAll(placeholder)) {
    if (found.index > from) parts.push({ type: "text", text: text.slice(from, found.index) });
    parts.push(partOf(found[1]!.trim(), found[2]?.trim()));
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ type: "text", text: text.slice(from) });
  return parts;
}

function partOf(name: string, fallback?: string): CannedPart {
  const given = fallback ? { fallback } : {};
  const label = /^ask:\s*(.+)$/s.exec(name)?.[1];
  if (label !== undefined) return { type: "ask", label, ...given };
  const variable = cannedVariables.find((known) => known === name);
  return variable ? { type: "variable", name: variable, ...given } : { type: "unknown", name };
}

/** The text with its variables filled in; what is neither known nor has a fallback is left out. */
export function filledCanned(
  parts: readonly CannedPart[],
  values: Partial<Record<CannedVariable, string>>,
  asked: Readonly<Record<string, string>> = {},
): string {
  return parts.map((part) => {
    switch (part.type) {
      case "text":
        return part.text;
      case "variable":
        return values[part.name] || (part.fallback ?? "");
      case "ask":
        return asked[part.label] || (part.fallback ?? "");
      case "unknown":
        return "";
      default:
        return part satisfies never;
    }
  }).join("");
}
