import axe from "axe-core";
import type { Page } from "playwright-core";

/** axe's violations in the current page: the rule and the element. */
export function faultsOf(page: Page): Promise<string[]> {
  // Evaluated as one script, since a strict CSP forbids a script element.
  return page.evaluate(`${axe.source}; axe.run(document).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target).join(", ")))`);
}
