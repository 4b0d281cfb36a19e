import type { Page } from "playwright-core";

/** Whether the launcher is visible and clickable in this corner. */
export const hasLauncher = (page: Page, side: "left" | "right" = "right"): Promise<boolean> =>
  page.evaluate((side) => {
    const found = document.elementFromPoint(side === "left" ? 48 : innerWidth - 48, innerHeight - 48);
    return found?.hasAttribute("data-no-focus-lock") === true &&
      found.checkVisibility({ opacityProperty: true });
  }, side);
