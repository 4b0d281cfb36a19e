import assert from "node:assert/strict";
import { checkBudget, OverBudget } from "../../web/build/budget.ts";
import { webApps } from "../../web/build/web_apps.ts";

const widget = webApps.find(({ name }) => name === "widget")!;

/** Text that hardly compresses. */
const noise = (bytes: number) =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)))).slice(0, bytes);

function built(sizes: Record<string, number>) {
  const texts = new Map(Object.entries(sizes).map(([name, bytes]) => [name, noise(bytes)]));
  return { texts, hashed: new Set<string>(), first: ["frame.js"] };
}

Deno.test("a build fails when the loader is over 4 KB, or the frame over 25 KB, gzipped", () => {
  const fits = { "/widget.js": 4_000, "frame.html": 300, "frame.js": 16_000, "frame.css": 2_000 };
  assert.equal(checkBudget(widget, built(fits)).length, 3);
  assert.throws(() => checkBudget(widget, built({ ...fits, "/widget.js": 8_000 })), OverBudget);
  for (const part of ["frame.html", "frame.js", "frame.css"]) {
    assert.throws(() => checkBudget(widget, built({ ...fits, [part]: 40_000 })), OverBudget);
  }
});
