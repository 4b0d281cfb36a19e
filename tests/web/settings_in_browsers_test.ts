import assert from "node:assert/strict";
import { browse, browserTest } from "../harness/browser.ts";
import { Parlor } from "../harness/parlor.ts";
import { PortalDriver } from "./portal/portal_driver.ts";
import { Elsewhere } from "./portal/auth/elsewhere.ts";
import { Proxy } from "./proxy.ts";
import { Site } from "./widget/site.ts";
import { unlimited, Visit } from "./widget/visit.ts";

interface Case {
  /** The settings of a service with this public address. */
  env?(address: string): Record<string, string>;
  /** The service is behind a proxy. */
  isProxied?: boolean;
  /** Sign-up is disabled; the account exists already. */
  isClosed?: boolean;
}

/** Every setting that affects the pages. */
const cases: Record<string, Case> = {
  "no setting": {},
  "CHALLENGE": { env: () => ({ CHALLENGE: "10" }) },
  "SIGNUP=closed": { isClosed: true },
  "PUBLIC_URL": { isProxied: true, env: (PUBLIC_URL) => ({ PUBLIC_URL }) },
  "TRUST_PROXY": { isProxied: true, env: () => ({ TRUST_PROXY: "on" }) },
  "PUBLIC_URL, TRUST_PROXY and CHALLENGE": {
    isProxied: true,
    env: (PUBLIC_URL) => ({ PUBLIC_URL, TRUST_PROXY: "on", CHALLENGE: "10" }),
  },
};

/** Asha answers a visitor's message at her portal, and the visitor sees it. */
async function talk(driver: PortalDriver, visit: Visit, text: string): Promise<void> {
  await visit.write(text);
  await driver.page.locator("a.room, .start-wait a", { hasText: new RegExp(`${text}|It works`) }).first()
    .click();
  await driver.shows((rows) => rows.some((row) => row.text === text));
  await driver.write(`an answer to ${text}`);
  await visit.shows((rows) => rows.some((row) => row.text === `an answer to ${text}`));
}

for (const [name, { env, isProxied, isClosed }] of Object.entries(cases)) {
  browserTest(`with ${name} every webApp does its work`, async () => {
    await using elsewhere = new Elsewhere();
    await using proxy = new Proxy();
    const settings = { ...unlimited, LOG_LEVEL: "error", PORTAL_ORIGINS: elsewhere.origin };
    await using parlor = await Parlor.start({ ...settings, ...env?.(proxy.origin) });
    if (isClosed) {
      await parlor.signUp("asha");
      parlor.env.SIGNUP = "closed";
      await parlor.restart();
    }
    proxy.port = Number(new URL(parlor.address).port);
    // The same host name everywhere, so that all origins are same-site.
    const address = isProxied ? proxy.origin : parlor.address.replace("127.0.0.1", "localhost");
    elsewhere.service = address;
    const site = new Site(
      `<h1>A shop</h1><script async src="${address}/widget.js" data-admin="asha"></script>`,
    );
    await using _site = site;
    const [ashas, veras] = [await browse({ locale: "en-GB" }), await browse({ locale: "en-GB" })];
    try {
      const driver = await PortalDriver.at(ashas, address);
      await driver.enter("asha", { isNew: !isClosed });
      await driver.page.waitForSelector("text=Welcome, asha");

      const visit = await Visit.to(veras, site.address);
      await visit.open();
      await talk(driver, visit, "from the shop");

      const tester = await Visit.to(veras, `${address}/chatbot/asha/${crypto.randomUUID()}`);
      await tester.writable();
      await talk(driver, tester, "from the test page");

      const other = await PortalDriver.at(await browse({ locale: "en-GB" }), elsewhere.origin);
      await other.enter("asha");
      await other.page.waitForSelector("a.room");
      await talk(other, visit, "to the portal elsewhere");
      for (const { errors } of [driver, visit, tester, other]) assert.deepEqual(errors, []);
      await other.page.context().close();
    } finally {
      await ashas.close();
      await veras.close();
    }
  });
}
