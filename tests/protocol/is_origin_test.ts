import assert from "node:assert/strict";
import { httpsOrigin, isOrigin } from "../../protocol/is_origin.ts";

const origins = [
  "https://shop.example",
  "http://localhost:3000",
  "http://127.0.0.1:8201",
  "http://[::1]:8201",
  "https://xn--mnchen-3ya.example",
  "https://a_b.example",
  "https://intranet",
];
const others = [
  "https://*.shop.example",
  "http://*.shop.test:8201",
  "https://*",
  "https://a;sandbox",
  "https://a,https",
  "https://a'self'",
  "https://a b.example",
  "https://asha@shop.example",
  "https://asha:x@shop.example",
  "https://shop.example/",
  "https://shop.example/path",
  "https://shop.example?x",
  "https://shop.example#x",
  "https://shop.example.",
  "https://shop..example",
  "https://.shop.example",
  "https://Shop.example",
  "https://shop.example:443",
  "http://shop.example:80",
  "https://shop.example:0",
  "https://shop.example:65536",
  "https://shop.example:",
  "https://münchen.example",
  "https://0x7f.1",
  "http://[::ffff:1.2.3.4]",
  "ftp://shop.example",
  "javascript:alert(1)",
  "shop.example",
  "null",
  "",
  `https://${"a".repeat(300)}.example`,
  "https://shop.example\n",
  "https://shop.example\u0000",
];

for (const text of origins) Deno.test(`${text} is an origin`, () => assert.equal(isOrigin(text), true));
for (const text of others) {
  Deno.test(`${JSON.stringify(text).slice(0, 60)} is no origin`, () => assert.equal(isOrigin(text), false));
}

Deno.test("a picture's origin is named only where a policy can name it", () => {
  assert.equal(httpsOrigin("https://Pictures.example:443/a.png?x=1"), "https://pictures.example");
  for (const address of ["https://*/x.png", "https://a@b.example/x.png", "http://a.example/x.png", "x", ""]) {
    assert.equal(httpsOrigin(address), undefined, address);
  }
});
