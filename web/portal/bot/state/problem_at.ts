import { say } from "../words/knowledge_words.ts";

/** The problem of a field, or of one of its lines: `phrases.3` is line 4. */
export function problemAt(wrong: Record<string, string>, path: string): string | undefined {
  if (wrong[path]) return sentence(wrong[path]);
  const found = Object.entries(wrong).find(([field]) => field.startsWith(`${path}.`));
  if (!found) return undefined;
  const n = Number(found[0].slice(path.length + 1).split(".")[0]);
  return Number.isInteger(n) ? say("kn_line", { n: n + 1, problem: found[1] }) : sentence(found[1]);
}

function sentence(problem: string): string {
  const [first = "", ...rest] = problem;
  return first.toLocaleUpperCase() + rest.join("");
}
