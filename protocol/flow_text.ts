import { placeholder } from "./placeholder.ts";

/** Limits of flows, and their texts' variables. No zod here: the browser reads both. */
export const flowLimits = {
  flows: 100,
  steps: 30,
  /** Steps of one turn. */
  stepsPerTurn: 50,
  variables: 20,
  /** Characters of a variable. */
  value: 500,
  text: 1_000,
  buttons: 6,
  phrases: 100,
  locales: 12,
  /** Bytes of a flow as JSON: a record of any engine holds it. */
  bytes: 48 * 1024,
} as const;

/** Variables that are known without asking, from what the visitor has given. */
export const givenVariables = ["name", "email", "phone"] as const;

const isName = (name: string) => /^[a-z][a-z0-9_]{0,31}$/.test(name);

/** The variables that a text names, what it says without them, and a name that cannot be one. */
export function flowPlaceholders(text: string): { names: string[]; rest: string; wrong?: string } {
  const names = [...text.matchAll(placeholder)].map((found) => found[1]!.trim());
  const wrong = names.find((name) => !isName(name))?.slice(0, 64);
  return { names, rest: text.replace(placeholder, ""), ...(wrong !== undefined && { wrong }) };
}

/** A text with its variables filled in. One that is empty is replaced by its fallback, or left out. */
export function filledFlowText(text: string, vars: Readonly<Record<string, string>>): string {
  return text.replace(placeholder, (_, name: string, fallback?: string) => {
    const key = name.trim();
    return (Object.hasOwn(vars, key) && vars[key]) || (fallback?.trim() ?? "");
  });
}
