import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { Quantiles } from "../../../chat/reports/quantiles.ts";

Deno.test("nothing has no quantile", () => equal(new Quantiles().at(0.5), undefined));

Deno.test("quantiles of small values are exact, of large ones within 1/256", () => {
  const values = fc.array(fc.oneof(fc.nat({ max: 600 }), fc.nat({ max: 2 ** 40 })), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(
      values,
      fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
      (all, some) => {
        const quantiles = new Quantiles(), parts = some.toSorted((a, b) => a - b);
        for (const value of all) quantiles.add(value);
        const sorted = all.toSorted((a, b) => a - b);
        const right = parts.map((part) => sorted[Math.max(1, Math.ceil(part * all.length)) - 1]!);
        const found = quantiles.at(...parts)!;
        equal(found.length, parts.length);
        for (const [i, value] of right.entries()) {
          ok(
            value < 256 ? found[i] === value : Math.abs(found[i]! - value) <= value / 256,
            `${found[i]} for ${value}`,
          );
        }
      },
    ),
  );
});

Deno.test("half and nine tenths of one to ten", () => {
  const quantiles = new Quantiles();
  for (let n = 10; n > 0; n--) quantiles.add(n);
  deepEqual(quantiles.at(0.5, 0.9), [5, 9]);
});
