import assert from "node:assert/strict";
import fc from "fast-check";
import { cutLinks } from "../../protocol/links.ts";

const links = (text: string) => cutLinks(text).flatMap(({ href }) => href ?? []);
const shown = (text: string) => cutLinks(text).flatMap(({ text, href }) => href ? [text] : []);

Deno.test("http and https addresses become links, and other schemes do not", () => {
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
      "www.a",
      "xwww.a.example",
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

Deno.test("a bracket is of the link if it was opened within it", () => {
  assert.deepEqual(
    shown(
      "(https://en.wikipedia.org/wiki/Curtain_(disambiguation)) [https://a.example/[1]] https://a.example/b))",
    ),
    [
      "https://en.wikipedia.org/wiki/Curtain_(disambiguation)",
      "https://a.example/[1]",
      "https://a.example/b",
    ],
  );
  assert.deepEqual(
    shown("(see https://en.wikipedia.org/wiki/Lamp_(disambiguation))."),
    ["https://en.wikipedia.org/wiki/Lamp_(disambiguation)"],
  );
});

Deno.test("the punctuation and quotes of other scripts end a link", () => {
  const cases: [string, string][] = [
    ["请看 https://shop.example/a。谢谢", "https://shop.example/a"],
    ["（https://shop.example/a）", "https://shop.example/a"],
    ["「https://shop.example/a」", "https://shop.example/a"],
    ["https://shop.example/a։ հետո", "https://shop.example/a"],
    ["https://shop.example/a።", "https://shop.example/a"],
    ["https://shop.example/a။ ပြီး", "https://shop.example/a"],
    ["https://shop.example/a។", "https://shop.example/a"],
    ["\u200fhttps://shop.example/a\u200f", "https://shop.example/a"],
    ["https://shop.example/スター・ウォーズ。", "https://shop.example/スター・ウォーズ"],
    ["https://shop.example/می\u200cشود؟", "https://shop.example/می\u200cشود"],
    ["https://shop.example/a、https://shop.example/b", "https://shop.example/a"],
    ["https://shop.example/a，好", "https://shop.example/a"],
    ["“https://shop.example/a”", "https://shop.example/a"],
    ["«https://shop.example/a»", "https://shop.example/a"],
    ["https://shop.example/a؟ نعم", "https://shop.example/a"],
    ["https://shop.example/a۔", "https://shop.example/a"],
    ["https://shop.example/a। धन्यवाद", "https://shop.example/a"],
    ["https://shop.example/a…", "https://shop.example/a"],
  ];
  for (const [text, link] of cases) assert.equal(shown(text)[0], link, text);
  assert.deepEqual(shown("https://bücher.example/größe"), ["https://bücher.example/größe"]);
});

Deno.test("www names, mail addresses and telephone numbers are links as well", () => {
  const cases: [string, string, string][] = [
    ["see www.lamps.example/new.", "www.lamps.example/new", "https://www.lamps.example/new"],
    ["Mail bella@lamps.example, please", "bella@lamps.example", "mailto:bella@lamps.example"],
    [
      "(o.brien+shop@lamps.co.example)",
      "o.brien+shop@lamps.co.example",
      "mailto:o.brien+shop@lamps.co.example",
    ],
    ["call +49 (30) 123-4567.", "+49 (30) 123-4567", "tel:+49301234567"],
    ["call 030 1234 5678!", "030 1234 5678", "tel:03012345678"],
    ["(030) 12345-678", "(030) 12345-678", "tel:03012345678"],
    ["https://asha@a.example/b", "https://asha@a.example/b", "https://asha@a.example/b"],
  ];
  for (const [text, link, href] of cases) {
    assert.deepEqual([shown(text), links(text)], [[link], [href]], text);
  }
  for (
    const text of [
      "01.02.2026 10:30",
      "2026-11-27",
      "A-0104212345",
      "1 000 000 000",
      "+1",
      "a@b",
      "@asha",
      "0.5",
    ]
  ) {
    assert.deepEqual(links(text), [], text);
  }
});

Deno.test("the stretches joined are the text, whatever it is, and no link runs anything", () => {
  const piece = fc.constantFrom(
    "http://",
    "https://",
    "a.example",
    ")",
    "(",
    ".",
    " ",
    "\n",
    "<",
    "é",
    "//",
    "@",
    "www.",
    "+49",
    "012 345 678",
    "。",
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.array(piece).map((pieces) => pieces.join(""))), (text) => {
      const stretches = cutLinks(text);
      assert.equal(stretches.map((stretch) => stretch.text).join(""), text);
      for (const { href } of stretches) assert.match(href ?? "tel:", /^(?:https?:\/\/|mailto:|tel:)/);
    }),
  );
});

Deno.test("64 KiB made to hurt are cut in a moment", () => {
  for (
    const piece of [
      "http://",
      "https://a)",
      "(",
      "http://a.",
      "https://x((((",
      "h",
      "a@",
      "a.",
      "+1",
      "0 ",
      "www.",
    ]
  ) {
    const text = piece.repeat(65_536 / piece.length);
    const began = performance.now();
    cutLinks(text);
    assert.ok(performance.now() - began < 500, `${piece}: ${performance.now() - began} ms`);
  }
});

Deno.test("the version of a package is no mail address", () => {
  assert.deepEqual(shown("npm i react@18.2.0, then mail asha@shop.example"), ["asha@shop.example"]);
});
