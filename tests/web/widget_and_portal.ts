import { browse } from "../harness/browser.ts";
import { PortalDriver } from "./portal/portal_driver.ts";
import { Visit } from "./widget/visit.ts";

/**
 * Asha, who has just signed up at the portal, and Vera at a site, each in her own browser; Asha has Vera's
 * first words open.
 */
export async function openWidgetAndPortal(portal: string, site: string, firstWords: string) {
  await using browsers = new AsyncDisposableStack();
  const someone = async () => browsers.adopt(await browse({ locale: "en-GB" }), (one) => one.close());
  // Both browsers start before either page: when one started later, Asha's read mark sometimes missed the
  // last message.
  const ashas = await someone(), veras = await someone();
  const driver = await PortalDriver.at(ashas, portal);
  await driver.enter("asha", { isNew: true });
  await driver.page.waitForSelector("text=Welcome, asha");
  const visit = await Visit.to(veras, site);
  await visit.open();
  await visit.write(firstWords);
  await driver.open(firstWords);
  const open = browsers.move();
  return { driver, visit, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
