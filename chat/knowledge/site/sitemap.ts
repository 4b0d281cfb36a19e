import { Unreachable } from "../../outgoing/errors.ts";
import { unzipped } from "../../outgoing/outgoing.ts";
import { Slices } from "../../reports/sliced.ts";

/** What a sitemap lists: pages, or further sitemaps. */
export interface Sitemap {
  pages: string[];
  sitemaps: string[];
}

/** Bytes of a sitemap, unpacked; addresses read of it. */
export const maxSitemapBytes = 10 * 1024 * 1024;
const mostAddresses = 5_000;
/** Open tags in each other; characters that are parsed before other work may run. */
const mostOpen = 20, atOnce = 16 * 1024;

/** Reads a sitemap or an index of sitemaps, also as gzip, or a list of addresses, one a line. @throws {Unreachable} */
export async function sitemapOf(body: Uint8Array<ArrayBuffer>): Promise<Sitemap> {
  const isZipped = body[0] === 0x1f && body[1] === 0x8b;
  const text = new TextDecoder().decode(isZipped ? await unzipped(body, maxSitemapBytes) : body);
  return /^\s*</.test(text) ? await ofXml(text) : ofLines(text);
}

function ofLines(text: string): Sitemap {
  const pages = text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) =>
    /^https?:\/\//.test(line)
  );
  if (pages.length === 0) throw new Unreachable("it is no sitemap");
  return { pages: pages.slice(0, mostAddresses), sitemaps: [] };
}

/** Entities that the text itself declares are not replaced. */
async function ofXml(text: string): Promise<Sitemap> {
  const { Parser } = await import("htmlparser2");
  const found: Sitemap = { pages: [], sitemaps: [] };
  let root = "", address: string | undefined, open = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (++open > mostOpen) throw new Unreachable("it is no sitemap");
      const local = name.replace(/^.*:/, "").toLowerCase();
      root ||= local;
      if (local === "loc" && !name.includes("image:") && !name.includes("video:")) address = "";
    },
    ontext(data) {
      if (address !== undefined) address += data;
    },
    onclosetag(name) {
      open--;
      if (address === undefined || !/^(.*:)?loc$/i.test(name)) return;
      const list = root === "sitemapindex" ? found.sitemaps : found.pages;
      if (list.length < mostAddresses) list.push(address.trim());
      address = undefined;
    },
  }, { xmlMode: true, decodeEntities: true });
  const slices = new Slices();
  for (let from = 0; from < text.length; from += atOnce) {
    parser.write(text.slice(from, from + atOnce));
    await slices.pause();
  }
  parser.end();
  if (root !== "urlset" && root !== "sitemapindex") throw new Unreachable("it is no sitemap");
  return found;
}
