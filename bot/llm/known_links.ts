import { cutLinks } from "../../protocol/links.ts";
import type { Asked } from "./generate.ts";

/** Names such as "example.com", which no browser makes a link but anybody can type. */
const bareHost =
  /(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}-]+\.)+(?:xn--[a-z0-9-]+|\p{Ll}{2,24})(?![\p{L}\p{N}_-])/gu;
/** Other ways to make somebody's browser or telephone do something. */
const otherScheme = /(?<![\p{L}\p{N}])(?:javascript|data|vbscript|file|ftp|sms|tel|mailto|intent):(?=\S)/iu;

/** Web and mail addresses and telephone numbers in a text, one spelling each. */
function linksIn(text: string): string[] {
  const found = cutLinks(text).flatMap(({ href }) => href === undefined ? [] : [spelt(href)]);
  const rest = cutLinks(text).filter(({ href }) => href === undefined).map(({ text }) => text).join(" ");
  return [...found, ...[...rest.matchAll(bareHost)].map(([host]) => host.toLowerCase())];
}

const spelt = (href: string) =>
  href.startsWith("mailto:") ? href.toLowerCase() : href.replace(/^tel:\+?0*/, "tel:").replace(/\/$/, "");

/** The links of the passages and of their sources: an answer may repeat these and no others. */
export class KnownLinks {
  #links: Set<string>;
  #texts: string;

  constructor(passages: Asked["passages"]) {
    const texts = passages.map(({ source, text }) => [text, source.title, source.url ?? ""].join("\n"));
    this.#texts = texts.join("\n").toLowerCase();
    this.#links = new Set(texts.flatMap(linksIn));
  }

  /** Whether every link of a text is known. */
  allows(text: string): boolean {
    if (otherScheme.test(text) && !this.#texts.includes(otherScheme.exec(text)![0].toLowerCase())) {
      return false;
    }
    return linksIn(text).every((link) => this.#links.has(link) || this.#isHostOfKnown(link));
  }

  /** "shop.example", where a source names "https://shop.example/returns". */
  #isHostOfKnown(link: string): boolean {
    if (link.includes(":")) return false;
    return [...this.#links].some((known) => URL.canParse(known) && new URL(known).host === link);
  }
}
