import assert from "node:assert/strict";
import fc from "fast-check";
import { backoffMs } from "../../../web/client/backoff.ts";

Deno.test("waits are drawn from the whole range under a ceiling of 0.5 s that doubles up to 30 s", () => {
  const ceilings = [0, 1, 2, 3, 4, 5, 6, 7, 40].map((attempt) => backoffMs(attempt, () => 1));
  assert.deepEqual(ceilings, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  fc.assert(fc.property(fc.nat(100), (attempt) => {
    const wait = backoffMs(attempt);
    return wait >= 0 && wait <= 30_000;
  }));
});
