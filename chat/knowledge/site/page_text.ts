import { Unreachable } from "../../outgoing/errors.ts";
import { Slices } from "../../reports/sliced.ts";

/** What a page says. */
export interface PageText {
  title: string;
  /** Paragraphs, with headings as `## …`. */
  text: string;
}

/** What is on a page and says nothing, or is the same on all pages of a site. */
const skipped = new Set([
  ...["script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "head"],
  ...["nav", "footer", "aside", "form", "button", "select", "textarea", "dialog", "menu"],
]);
/** Parts whose end ends a line. */
const blocks = new Set([
  ...[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "ul",
    "ol",
    "dl",
    "dd",
    "dt",
    "table",
    "tr",
    "blockquote",
  ],
  ...["pre", "figure", "figcaption", "address", "details", "summary", "hr", "br", "li"],
]);
const headings = /^h[1-6]$/;

/** Open tags in each other. The parser's time for a tag grows with their number. */
const mostOpen = 500;
/** Characters that are parsed before other work may run. */
const atOnce = 16 * 1024;

/**
 * The title and the text of an HTML page; of its `main` part, where it has one. Read as a stream of tags, in which other work
 * runs. @throws {Unreachable} for one that is nested too deeply
 */
export async function pageText(html: string): Promise<PageText> {
  const { Parser } = await import("htmlparser2");
  const whole = new Reader(), main = new Reader();
  let title = "", isTitle = false, depthOfMain = 0, skipping = 0, open = 0, ogTitle = "";
  const readers = () => depthOfMain > 0 ? [whole, main] : [whole];
  const parser = new Parser({
    onopentag(name, { hidden, property, content, "aria-hidden": ariaHidden }) {
      if (++open > mostOpen) throw new Unreachable("its tags are nested too deeply");
      if (name === "title") isTitle = title === "";
      if (name === "meta" && property === "og:title") ogTitle ||= content ?? "";
      if (name === "main") depthOfMain++;
      const isHidden = hidden !== undefined || ariaHidden === "true";
      if (skipping > 0 || skipped.has(name) || isHidden) {
        skipping++;
        return;
      }
      for (const reader of readers()) reader.open(name);
    },
    ontext(data) {
      if (isTitle) title += data;
      else if (skipping === 0) { for (const reader of readers()) reader.add(data); }
    },
    onclosetag(name) {
      open--;
      if (name === "title") isTitle = false;
      if (skipping > 0) skipping--;
      else for (const reader of readers()) reader.close(name);
      if (name === "main") depthOfMain--;
    },
  }, { lowerCaseTags: true, decodeEntities: true });
  const slices = new Slices();
  for (let from = 0; from < html.length; from += atOnce) {
    parser.write(html.slice(from, from + atOnce));
    await slices.pause();
  }
  parser.end();
  const text = main.end() || whole.end();
  return { title: oneLine(title) || oneLine(ogTitle) || oneLine(whole.firstHeading), text };
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** Gathers texts as lines. */
class Reader {
  #lines: string[] = [];
  #line = "";
  #prefix = "";
  firstHeading = "";

  open(name: string): void {
    if (headings.test(name)) this.#endLine(`${"#".repeat(Number(name[1]))} `);
    else if (name === "li") this.#endLine("- ");
    else if (blocks.has(name)) this.#endLine("");
  }

  add(text: string): void {
    this.#line += text;
  }

  close(name: string): void {
    if (headings.test(name)) {
      this.firstHeading ||= this.#line;
      this.#endLine("");
    } else if (name === "td" || name === "th") this.#line += " ";
    else if (blocks.has(name)) this.#endLine("");
  }

  end(): string {
    this.#endLine("");
    return this.#lines.join("\n").trim();
  }

  #endLine(nextPrefix: string): void {
    const line = oneLine(this.#line);
    if (line) {
      // Items of a list stand together, everything else is a paragraph.
      if (!this.#prefix.startsWith("-") || !this.#lines.at(-1)?.startsWith("- ")) this.#lines.push("");
      this.#lines.push(`${this.#prefix}${line}`);
    }
    if (line || nextPrefix) this.#prefix = nextPrefix;
    this.#line = "";
  }
}
