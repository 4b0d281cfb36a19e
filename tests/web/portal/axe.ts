import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe has against a page as it stands: the rule, and where. */
export function faultsOf(page: Page): Promise<string[]> {
  // As one script, since a strict policy lets no page add one.
  return page.evaluate(`${axe.source}; axe.run(document).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target).join(", ")))`);
}
