import axe from "axe-core";
import type { Frame, Page } from "playwright-core";

/** axe's violations in a page or frame, one line each. */
export async function violations(where: Page | Frame): Promise<string[]> {
  await where.evaluate(axe.source);
  const { violations } = await where.evaluate(() =>
    // deno-lint-ignore no-explicit-any
    (globalThis as any).axe.run(document, { resultTypes: ["violations"] }) as Promise<axe.AxeResults>
  );
  return violations.map(({ id, nodes }) =>
    `${id} at ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`
  );
}
