import assert from "node:assert/strict";
import fc from "fast-check";
import { contrast, isColour, textOn } from "../../../web/ui/accent.ts";

Deno.test("text stands at 4.5:1 or more on whatever accent the admin picks", () => {
  const part = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(part, part, part, (...parts) => {
      const accent = `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
      assert.ok(isColour(accent));
      assert.ok(contrast(accent, textOn(accent)) >= 4.5, accent);
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("only #rrggbb is a colour", () => {
  for (const text of ["red", "#fff", "#12345g", "url(x)", "", undefined, 7]) assert.ok(!isColour(text));
});
