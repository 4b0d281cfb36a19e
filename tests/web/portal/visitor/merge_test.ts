import assert from "node:assert/strict";
import { faultsOf } from "../axe.ts";
import { portalTest, someone } from "../fixture.ts";
import { looks, nameOfLook } from "../looks.ts";

portalTest(
  "a manager merges a second conversation of the same person into the open one, by keys",
  async (fixture) => {
    const { driver, parlor, asha } = fixture, { page } = driver;
    for (
      const [name, text] of [["Vera Lind", "I am at work"], ["Walter", "hello"], [
        "Vera (home)",
        "I am at home",
      ]]
    ) {
      const { consumer, token } = await parlor.visit(asha, { name });
      await (await parlor.chat(asha, consumer, token)).say(text!);
    }
    await driver.lists((rooms) => rooms.length === 3);
    await driver.open("I am at work");
    await page.getByRole("button", { name: "Merge another conversation" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Merge another conversation into Vera Lind’s" });
    await dialog.getByLabel("Find it by name, email or words").first().fill("vera");
    const found = dialog.getByRole("radio");
    await dialog.getByText("Vera (home)").waitFor();
    assert.equal(await found.count(), 1, "not the open one");
    assert.equal(await dialog.getByRole("button", { name: "Merge", exact: true }).isDisabled(), true);
    await found.press("Space");
    await dialog.getByRole("button", { name: "Merge", exact: true }).press("Enter");
    await dialog.waitFor({ state: "detached" });
    await driver.lists((rooms) => rooms.length === 2);
    await page.locator(".bubble").getByText("I am at home").waitFor();
  },
);

for (const look of looks) {
  portalTest(`axe has nothing against merging: ${nameOfLook(look)}`, async (fixture) => {
    const { driver: { page }, parlor, asha } = fixture;
    const consumer = someone(), { consumer: other, token } = await parlor.visit(asha, { name: "Vera" });
    await (await parlor.chat(asha, consumer)).say("here");
    await (await parlor.chat(asha, other, token)).say("there");
    await page.goto(`${new URL(page.url()).origin}/messages/to/${consumer}?details=1`);
    await page.locator(".panel-acts button").nth(1).click();
    await page.locator("dialog input[type=search]").fill("vera");
    await page.locator("dialog [type=radio]").check();
    const folder = Deno.env.get("PARLOR_PICTURES");
    if (folder) {
      await page.screenshot({ path: `${folder}/merge_${nameOfLook(look).replace(/\W+/g, "_")}.png` });
    }
    assert.deepEqual(await faultsOf(page), []);
  }, { browser: look });
}
