import assert from "node:assert/strict";
import fc from "fast-check";
import { cutLinks } from "../../web/links.ts";

const links = (text: string) => cutLinks(text).flatMap(({ href }) => href ?? []);
const shown = (text: string) => cutLinks(text).flatMap(({ text, href }) => href ? [text] : []);

Deno.test("http and https addresses become links, and nothing else does", () => {
  assert.deepEqual(links("see https://a.example/x?y=1#z and http://b.example"), [
    "https://a.example/x?y=1#z",
    "http://b.example/",
  ]);
  for (
    const text of [
      "javascript:alert(1)",
      "data:text/html,x",
      "ftp://a.example",
      "//a.example",
      "www.a.example",
      "https://",
      "http:// a",
    ]
  ) assert.deepEqual(links(text), [], text);
});

Deno.test("what ends the sentence is not of the link", () => {
  assert.deepEqual(shown("(look at https://a.example/b.) Or https://a.example/c_(d)! *https://e.example*"), [
    "https://a.example/b",
    "https://a.example/c_(d)",
    "https://e.example",
  ]);
  assert.deepEqual(shown('<a href="https://a.example/x">'), ["https://a.example/x"]);
});

Deno.test("the stretches joined are the text, whatever it is, and every link is http or https", () => {
  const piece = fc.constantFrom("http://", "https://", "a.example", ")", "(", ".", " ", "\n", "<", "é", "//");
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.array(piece).map((pieces) => pieces.join(""))), (text) => {
      const stretches = cutLinks(text);
      assert.equal(stretches.map((stretch) => stretch.text).join(""), text);
      for (const { href } of stretches) assert.match(href ?? "https://", /^https?:\/\//);
    }),
  );
});

Deno.test("64 KiB made to hurt are cut in a moment", () => {
  for (const piece of ["http://", "https://a)", "(", "http://a.", "https://x((((", "h"]) {
    const text = piece.repeat(65_536 / piece.length);
    const began = performance.now();
    cutLinks(text);
    assert.ok(performance.now() - began < 500, `${piece}: ${performance.now() - began} ms`);
  }
});
