import { Unreachable } from "../../outgoing/errors.ts";
import type { Outgoing, OutgoingRequest, OutgoingResponse } from "../../outgoing/outgoing.ts";
import { type PageText, pageText } from "./page_text.ts";
import { Robots } from "./robots.ts";
import { maxSitemapBytes, sitemapOf } from "./sitemap.ts";

/** Bytes of a page, and of a `robots.txt`. */
const maxHtmlBytes = 2 * 1024 * 1024, maxRobotsBytes = 256 * 1024;
/** For one page, with its redirects. Milliseconds. */
const pageMs = 10_000;
/** Sitemaps read because others name them. */
const mostSitemaps = 20;
const agent = "parlor";

/** A page as it was read, and where. */
export interface ReadPage extends PageText {
  url: string;
}

/** The sites of these origins, read as their `robots.txt` allows. */
export class Site {
  readonly #robots = new Map<string, Promise<Robots>>();

  constructor(
    readonly outgoing: Outgoing,
    readonly origins: readonly string[],
    readonly signal: AbortSignal,
  ) {}

  /** @throws {Unreachable} */
  async page(address: string): Promise<ReadPage> {
    const { url, type, charset, body } = await this.#get(new URL(address), {
      accept: "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5",
      maxBytes: maxHtmlBytes,
    });
    if (!["text/html", "application/xhtml+xml", "text/plain"].includes(type)) {
      throw new Unreachable("it is no page of text");
    }
    const text = decode(body, charset);
    url.hash = "";
    return { ...type === "text/plain" ? { title: "", text } : await pageText(text), url: url.href };
  }

  /** The pages that a sitemap lists, and those that it names. @throws {Unreachable} if the first cannot be read */
  async listed(sitemap: string): Promise<string[]> {
    const pages: string[] = [], queue = [sitemap], seen = new Set(queue);
    for (let address; (address = queue.shift()) !== undefined;) {
      const found = await this.#sitemap(address).catch((error) => {
        if (address === sitemap) throw error;
        return { pages: [], sitemaps: [] };
      });
      pages.push(...found.pages);
      for (const next of found.sitemaps) {
        if (seen.size >= mostSitemaps || seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
    return pages;
  }

  async #sitemap(address: string) {
    const url = URL.parse(address);
    if (!url) throw new Unreachable("not a http or https address");
    const options = { accept: "application/xml,text/xml,text/plain", maxBytes: maxSitemapBytes };
    return await sitemapOf((await this.#get(url, options)).body);
  }

  async #get(url: URL, options: Pick<OutgoingRequest, "accept" | "maxBytes">): Promise<OutgoingResponse> {
    if (!this.origins.includes(url.origin)) throw new Unreachable("it is not of an allowed origin");
    if (!(await this.#robotsOf(url)).allows(url)) throw new Unreachable("robots.txt does not allow it");
    const mayFollow = ({ origin }: URL) => this.origins.includes(origin);
    const response = await this.outgoing.get(url, {
      ...options,
      timeoutMs: pageMs,
      mayFollow,
      signal: this.signal,
    });
    if (response.status !== 200) throw new Unreachable(`it answers ${response.status}`);
    const wasMoved = response.url.href !== url.href;
    if (wasMoved && !(await this.#robotsOf(response.url)).allows(response.url)) {
      throw new Unreachable("robots.txt does not allow it");
    }
    return response;
  }

  /** Without one, everything is allowed; if it cannot be read, nothing (RFC 9309). */
  #robotsOf({ origin }: URL): Promise<Robots> {
    const known = this.#robots.get(origin);
    if (known) return known;
    const reading = this.#readRobots(origin);
    this.#robots.set(origin, reading);
    return reading;
  }

  async #readRobots(origin: string): Promise<Robots> {
    const options = {
      accept: "text/plain",
      maxBytes: maxRobotsBytes,
      timeoutMs: pageMs,
      signal: this.signal,
    };
    const mayFollow = (url: URL) => this.origins.includes(url.origin);
    const { status, body } = await this.outgoing.get(new URL("/robots.txt", origin), {
      ...options,
      mayFollow,
    })
      .catch((error) => {
        throw new Unreachable(
          `robots.txt: ${error instanceof Unreachable ? error.message : "cannot be read"}`,
        );
      });
    if (status >= 500 || status === 429) throw new Unreachable(`robots.txt: it answers ${status}`);
    return new Robots(status === 200 ? new TextDecoder().decode(body) : "", agent);
  }
}

/** A page's text in its encoding: of the header, else as the page says, else UTF-8. */
function decode(body: Uint8Array<ArrayBuffer>, charset: string | undefined): string {
  const start = new TextDecoder("latin1").decode(body.subarray(0, 1_024));
  const named = charset ?? /<meta[^>]+charset=["']?([\w-]{1,40})/i.exec(start)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(named).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
