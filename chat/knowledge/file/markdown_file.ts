import type { Entry } from "./entries.ts";

interface Section {
  line: number;
  level: number;
  title: string;
  lines: string[];
}

/**
 * A heading with text below it is an answer; quoted lines (`> …`) at its beginning are other ways to ask. Headings without
 * text group others.
 */
export function* answersOfMarkdown(text: string): Generator<Entry> {
  for (const { line, level, title, lines } of sectionsOf(text)) {
    const first = lines.findIndex((one) => one.trim() !== "" && !one.startsWith(">"));
    const phrases = lines.slice(0, first < 0 ? lines.length : first).filter((one) => one.startsWith(">"))
      .map((one) => one.slice(1).trim()).filter((one) => one !== "");
    const body = first < 0 ? "" : lines.slice(first).join("\n").trim();
    if (body === "" && phrases.length === 0) continue;
    if (level === 0) yield { line, why: "text before the first heading" };
    else yield { line, kind: "answer", value: { title, body, ...(phrases.length > 0 && { phrases }) } };
  }
}

/** Each heading of the first level begins an article; a file without one is an article. */
export function* articlesOfMarkdown(text: string): Generator<Entry> {
  const sections = sectionsOf(text);
  let article: { line: number; title: string; lines: string[] } | undefined;
  const ended = (): Entry[] => {
    if (!article) return [];
    const { line, title, lines } = article, body = lines.join("\n").trim();
    return body === "" ? [] : [{ line, kind: "article", value: { title, body } }];
  };
  for (const { line, level, title, lines } of sections) {
    const isFirst = level === 1 || !article;
    if (isFirst) {
      yield* ended();
      article = { line, title: title || titleIn(lines), lines: [...lines] };
    } else article!.lines.push(`${"#".repeat(level)} ${title}`, ...lines);
  }
  yield* ended();
}

/** Characters of a title that is the beginning of a text. */
const titleLength = 80;

const titleIn = (lines: readonly string[]) =>
  (lines.find((line) => line.trim() !== "") ?? "").trim().slice(0, titleLength).toWellFormed();

/** The text under each heading; level 0 is what stands before the first. What looks like one in fenced code is none. */
function sectionsOf(text: string): Section[] {
  const sections: Section[] = [{ line: 1, level: 0, title: "", lines: [] }];
  let isCode = false;
  for (const [i, line] of text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/).entries()) {
    if (/^\s*(```|~~~)/.test(line)) isCode = !isCode;
    const heading = isCode ? null : /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (heading) sections.push({ line: i + 1, level: heading[1]!.length, title: heading[2]!, lines: [] });
    else sections.at(-1)!.lines.push(line);
  }
  return sections.filter(({ level, lines }) => level > 0 || lines.some((line) => line.trim() !== ""));
}
