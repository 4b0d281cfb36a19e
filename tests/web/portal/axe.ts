import axe from "axe-core";
import type { Page } from "playwright-core";

/**
 * axe's violations in the current page, once its transitions have ended (a colour halfway has another contrast): the
 * rule and the element.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(() =>
    Promise.allSettled(
      document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
        .map(({ finished }) => finished),
    )
  );
  // Evaluated as one script, since a strict CSP forbids a script element.
  return await page.evaluate(`${axe.source}; axe.run(document).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target).join(", ")))`);
}
