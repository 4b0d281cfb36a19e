import assert from "node:assert/strict";
import { faultsOf } from "../axe.ts";
import { portalTest } from "../fixture.ts";

const key = { admin: "asha", consumer: crypto.randomUUID() };

portalTest(
  "what the site has signed stands apart from what a browser says, each under its name",
  async ({ driver }) => {
    const { page } = driver;
    await driver.open("hello");
    const panel = page.locator("#visitor-panel");
    const signed = panel.getByRole("region", { name: "Signed by your website" });
    const claimed = panel.getByRole("region", { name: "Said by the browser, not verified" });
    await signed.getByText("gold").waitFor();
    assert.deepEqual(await signed.locator("dt, dd").allTextContents(), ["plan", "gold"]);
    assert.deepEqual(await claimed.locator("dt, dd").allTextContents(), ["role", "administrator"]);
    assert.deepEqual(await faultsOf(page), []);
  },
  {
    async before({ parlor }) {
      const { store } = parlor.running.service.chat;
      await store.appendMessage({ ...key, side: "visitor", kind: "text", content: "hello", at: Date.now() });
      const facts = { name: "Vera", verified: true, attributes: { role: "administrator" } };
      await store.saveVisitor(key, { ...facts, verified_attributes: { plan: "gold" } }, Date.now());
    },
  },
);
