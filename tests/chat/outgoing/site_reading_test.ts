import assert from "node:assert/strict";
import fc from "fast-check";
import { pageText } from "../../../chat/knowledge/site/page_text.ts";
import { Robots } from "../../../chat/knowledge/site/robots.ts";
import { maxSitemapBytes, sitemapOf } from "../../../chat/knowledge/site/sitemap.ts";
import { cutPassages } from "../../../chat/knowledge/cut_passages.ts";
import { Unreachable } from "../../../chat/outgoing/errors.ts";
import { maxPassageLength } from "../../../protocol/limits.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("a page is its title, its headings and its texts, without what surrounds them", async () => {
  const { title, text } = await pageText(`<!doctype html><html><head><title> Returns &amp;
    refunds </title><style>p{}</style></head><body><nav><a>Home</a></nav><h1>Returns</h1>
    <p>You have <b>30</b> days.<p>It is free.<ul><li>One</li><li>Two <i>more</i></li></ul>
    <div hidden>secret<div>too</div></div><script>document.write("<p>code</p>")</script>
    <table><tr><td>Size<td>L</table><pre>a &lt;b&gt;</pre><footer>Imprint</footer>`);
  assert.equal(title, "Returns & refunds");
  assert.equal(text, "# Returns\n\nYou have 30 days.\n\nIt is free.\n\n- One\n- Two more\n\nSize L\n\na <b>");
});

Deno.test("of a page with a main part only that is read; without a title, its heading is", async () => {
  const page = "<body><div>Cookies?</div><main><h2>Lamps</h2>Bright.</main><div>More</div>";
  assert.deepEqual(await pageText(page), { title: "Lamps", text: "## Lamps\n\nBright." });
  assert.equal((await pageText("<title></title><svg><title>x</title></svg><p>y")).text, "y");
  assert.deepEqual(await pageText(""), { title: "", text: "" });
});

Deno.test("no page makes its reader fail, or wait", async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(
      fc.oneof(
        fc.constantFrom("<p>", "</p>", "<main>", "</main>", "<svg>", "<!--", "<a b='", "&#0;", "x"),
        fc.string(),
      ),
    ),
    async (parts) => {
      const { text } = await pageText(parts.join(""));
      assert.equal(typeof text, "string");
    },
  ));
  await assert.rejects(pageText("<div>".repeat(200_000)), Unreachable);
  const began = performance.now();
  for (const part of ["<p>", "<li>x", "<td>x", "<br>", "</b>", "&amp;", "<a href=", '<a b="', "<!-- "]) {
    await pageText(part.repeat(200_000)).catch((error) => assert(error instanceof Unreachable));
  }
  assert(performance.now() - began < 20_000, "each in a second or two");
});

Deno.test("robots.txt: the group that names the reader, the longest rule, wildcards", () => {
  const robots = new Robots(
    "User-agent: *\nDisallow: /\n\nuser-agent: Other\nUser-Agent: PARLOR # ours\nDisallow: /private\n" +
      "Allow: /private/open$\nDisallow: /*.pdf$\nDisallow: /search?*q=\nDisallow:\nSitemap: https://a.example/s.xml\n",
    "parlor",
  );
  const allows = (path: string) => robots.allows(new URL(path, "https://a.example"));
  for (const path of ["/", "/open", "/private/open", "/a.pdf?x", "/search?x=1", "/x.pdfx"]) {
    assert(allows(path), path);
  }
  for (const path of ["/private", "/private/open/more", "/a/b.pdf", "/search?a=1&q=2", "/privately"]) {
    assert(!allows(path), path);
  }
  assert.deepEqual(robots.sitemaps, ["https://a.example/s.xml"]);
  const all = new Robots("user-agent: *\nuser-agent: x\ndisallow: /no", "parlor");
  assert.deepEqual(["/no", "/yes"].map((path) => all.allows(new URL(path, "https://a.example"))), [
    false,
    true,
  ]);
  assert(new Robots("<html>nothing", "parlor").allows(new URL("https://a.example/x")));
  const began = performance.now();
  const slow = new Robots(`user-agent: *\n${`disallow: /${"*a".repeat(200)}b\n`.repeat(2_000)}`, "parlor");
  assert(slow.allows(new URL(`https://a.example/${"a".repeat(2_000)}`)));
  assert(performance.now() - began < 5_000, "no pattern is slow");
});

Deno.test("a sitemap, an index, gzip, lines; and what is none", async () => {
  const xml = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>' +
    "<loc> https://a.example/?a=1&amp;b=2 </loc><image:image><image:loc>https://a.example/i.png</image:loc></image:image>" +
    "</url><url><loc><![CDATA[https://a.example/c]]></loc></url></urlset>";
  const pages = ["https://a.example/?a=1&b=2", "https://a.example/c"];
  assert.deepEqual(await sitemapOf(bytes(xml)), { pages, sitemaps: [] });
  const packed = async (data: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(
      await new Response(new Blob([data]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
    );
  assert.deepEqual(await sitemapOf(await packed(bytes(xml))), { pages, sitemaps: [] });
  assert.deepEqual(await sitemapOf(bytes(pages.join("\n"))), { pages, sitemaps: [] });
  const index = "<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>";
  assert.deepEqual(await sitemapOf(bytes(index)), { pages: [], sitemaps: ["https://a.example/1.xml"] });
  const declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY f "&e;&e;">]>' +
    "<urlset><url><loc>https://a.example/&e;&f;</loc></url></urlset>";
  assert.doesNotMatch((await sitemapOf(bytes(declared))).pages.join(), /root/);
  for (const text of ["", "<html>", "hello", `<urlset>${"<a>".repeat(100_000)}`]) {
    await assert.rejects(sitemapOf(bytes(text)), Unreachable, text.slice(0, 20));
  }
  await assert.rejects(sitemapOf(await packed(new Uint8Array(maxSitemapBytes + 1))), /larger/);
});

Deno.test("passages hold all words of a text, none is too long, and there are not too many", () => {
  const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const block = fc.oneof(
    fc.constantFrom("# Heading", "## Another", "", "```", "- item", "x".repeat(1_199)),
    fc.lorem({ maxCount: 150 }),
    fc.string({ maxLength: 300, unit: "grapheme" }),
  );
  fc.assert(fc.property(fc.array(block, { maxLength: 60 }), (blocks) => {
    const text = blocks.join("\n\n"), passages = cutPassages(text);
    assert(passages.every((one) => one.length > 0 && one.length <= maxPassageLength));
    assert(passages.every((one) => one.isWellFormed()));
    assert(passages.length <= text.length / 300 + 2, `${passages.length} of ${text.length}`);
    assert.equal(words(passages.join("")).join(""), words(text).join(""));
  }));
  assert(cutPassages("# a\n".repeat(12_500)).length < 170);
  assert(
    cutPassages("x".repeat(50_000)).every((one) => one.length === maxPassageLength || one.length === 800),
  );
  assert(cutPassages("👩".repeat(5_000)).every((one) => one.isWellFormed()));
});
