import assert from "node:assert/strict";
import { faultsOf } from "../axe.ts";
import { portalTest } from "../fixture.ts";
import { looks, nameOfLook } from "../looks.ts";

const key = { admin: "asha", consumer: crypto.randomUUID() };
const setting = {
  async before({ parlor }: { parlor: { running: { service: { chat: { store: Store } } } } }) {
    const { store } = parlor.running.service.chat;
    await store.appendMessage({ ...key, side: "visitor", kind: "text", content: "hello", at: Date.now() });
    await store.saveVisitor(key, { name: "vera123", email: "v@old.example" }, Date.now());
  },
};
type Store = import("../../../../db/store.ts").Store;

portalTest(
  "a contact is written in place by keys, names the room, and keeps what the visitor says",
  async (fixture) => {
    const { page } = fixture.driver;
    await fixture.driver.open("hello");
    const card = page.getByRole("region", { name: "Contact" });
    await card.getByText("Said by the visitor: vera123, v@old.example").waitFor();
    await card.getByLabel("Name", { exact: true }).focus();
    await page.keyboard.type("Vera Lind");
    await page.keyboard.press("Enter");
    await page.locator(".thread-who h1").getByText("Vera Lind").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("no address");
    await page.keyboard.press("Enter");
    await card.getByRole("alert").waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await card.getByLabel("Email").inputValue(), "");
    await card.getByRole("button", { name: "Add a field" }).click();
    await card.getByLabel("Name of the field").fill("Size");
    await card.getByPlaceholder("Add").last().fill("XL");
    await page.keyboard.press("Enter");
    await card.getByLabel("Size").waitFor();
    const path = `/messages/api/rooms/${key.consumer}`;
    const headers = { cookie: fixture.asha.cookie };
    const { visitor } = await (await fixture.parlor.fetch(path, { headers })).json();
    assert.deepEqual([visitor.contact.name, visitor.contact.fields], ["Vera Lind", { Size: "XL" }]);
    assert.equal(visitor.said.name, "vera123");
    await fixture.parlor.fetch(`${path}/visitor`, {
      method: "PATCH",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ company: "First" }),
    });
    await card.getByLabel("Company").fill("Second");
    await page.keyboard.press("Enter");
    await card.getByText("Somebody else has changed this meanwhile").waitFor();
    assert.equal(await card.getByLabel("Company").inputValue(), "First");
  },
  setting as never,
);

portalTest(
  "on a slow line a value that is left while it is saved does not meet its own change, and a later one follows it",
  async (fixture) => {
    const { page } = fixture.driver, sent: unknown[] = [];
    await page.route("**/visitor", async (route) => {
      sent.push(route.request().postDataJSON());
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });
    await fixture.driver.open("hello");
    const card = page.getByRole("region", { name: "Contact" });
    await card.getByLabel("Company").fill("First");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await card.getByLabel("Company").fill("Second");
    await page.keyboard.press("Enter");
    await fixture.driver.until(() => Promise.resolve(sent.length), (n) => n === 2);
    await card.getByText("Saved").waitFor({ state: "attached" });
    assert.equal(await card.getByRole("alert").count(), 0);
    assert.equal(await card.getByLabel("Company").inputValue(), "Second");
    assert.deepEqual(sent, [
      { company: "First", expect: { company: null } },
      { company: "Second", expect: { company: "First" } },
    ]);
  },
  setting as never,
);

for (const look of looks) {
  portalTest(
    `axe has nothing against the contact card: ${nameOfLook(look)}`,
    async ({ driver: { page } }) => {
      await page.goto(`${new URL(page.url()).origin}/messages/to/${key.consumer}?details=1`);
      await page.waitForSelector(".contact input");
      await page.waitForFunction(() =>
        document.getAnimations().every(({ playState }) => playState !== "running")
      );
      if (Deno.env.has("SHOTS")) {
        await page.screenshot({
          path: `${Deno.env.get("SHOTS")}/card_${look.viewport.width}_${look.locale}.png`,
        });
      }
      assert.deepEqual(await faultsOf(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px wider than the window`);
    },
    { ...setting, browser: look } as never,
  );
}
