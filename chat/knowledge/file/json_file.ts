import { type Entry, unreadable } from "./entries.ts";

interface Lists {
  answers: unknown[];
  articles: unknown[];
}

/**
 * A list of answers, or `{ answers, articles }`. Fields called `question` and `answer` are title and body.
 * @throws {InvalidInput} for a file that cannot be read
 */
export function* entriesOfJson(text: string): Generator<Entry> {
  const lists = listsOf(text), lines = linesOf(text);
  for (const [name, kind] of [["answers", "answer"], ["articles", "article"]] as const) {
    const places = lines.get(name) ?? lines.get("") ?? [];
    let line = places[0] ?? 1, n = 0;
    for (const value of lists[name]) {
      if (typeof value === "object" && value !== null) line = places[n++] ?? line;
      yield { line, kind, value: renamed(value) };
    }
  }
}

function renamed(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("question" in value)) return value;
  const { question, answer, ...rest } = value as Record<string, unknown>;
  return { title: question, body: answer, ...rest };
}

function listsOf(text: string): Lists {
  const value = parse(text.replace(/^\ufeff/, ""));
  const { answers = [], articles = [] } = Array.isArray(value) ? { answers: value } : value as Partial<Lists>;
  if (!Array.isArray(answers) || !Array.isArray(articles)) throw unreadable("answers and articles are lists");
  return { answers, articles };
}

function parse(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(`not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
  if (typeof value !== "object" || value === null) {
    throw unreadable("a list of answers, or { answers, articles }");
  }
  return value;
}

/** The lines where the objects of each list begin, in text that is JSON. The list that is the whole text is called `""`. */
function linesOf(text: string): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>(), token = /["[\]{}\n]/g;
  let depth = 0, line = 1, name = "", list: number[] | undefined;
  for (let next; (next = token.exec(text));) {
    const character = next[0];
    if (character === "\n") line++;
    else if (character === '"') {
      const end = endOfString(text, next.index);
      if (depth === 1) name = text.slice(next.index + 1, end);
      token.lastIndex = end + 1;
    } else if (character === "]" || character === "}") {
      depth--;
      if (character === "]" && depth <= 1) list = undefined;
    } else {
      const isList = character === "[" && (depth === 0 || (depth === 1 && !found.has("")));
      if (isList) found.set(name, list = []);
      else if (character === "{" && list && depth === (found.has("") ? 1 : 2)) list.push(line);
      depth++;
    }
  }
  return found;
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1);; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === "\\") escapes++;
    if (escapes % 2 === 0) return end;
  }
}
