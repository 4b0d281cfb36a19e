import assert from "node:assert/strict";
import { browse, browserTest } from "../../browser.ts";
import { Parlor } from "../../parlor.ts";
import { unlimited } from "../widget/visit.ts";
import { Desk } from "./desk.ts";

/** A test at the door of a service that has asha's account. */
function doorTest(name: string, play: (desk: Desk) => Promise<void>, env: Record<string, string> = {}): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error", ...env });
    if (env.SIGNUP !== "closed") await parlor.signUp("asha");
    const context = await browse({ locale: "en-GB" });
    try {
      const desk = await Desk.at(context, parlor.address);
      await play(desk);
      assert.deepEqual(desk.errors, []);
    } finally {
      await context.close();
    }
  });
}

doorTest("a name that is taken is said beside the name, and what was typed stays", async ({ page }) => {
  await page.waitForSelector(".door-card");
  await page.getByRole("button", { name: "Create account" }).first().click();
  await page.fill("[name=username]", "asha");
  await page.fill("[name=password]", "another horse battery");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".problem >> text=This name is taken. Choose another one");
  await page.waitForSelector("[name=username][aria-invalid]:focus");
  assert.equal(await page.inputValue("[name=username]"), "asha");
  await page.fill("[name=username]", "bruno");
  await page.keyboard.press("Enter");
  await page.waitForSelector("text=Welcome, bruno");
});

doorTest("wrong credentials are called so, and too many of them say how long to wait", async (desk) => {
  for (let attempt = 0; attempt < 3; attempt++) {
    await desk.enter("asha", { secret: "not her password" });
    await desk.page.waitForSelector("[role=alert] >> text=Wrong name or password");
  }
  await desk.enter("asha", { secret: "not her password" });
  await desk.page.waitForSelector("[role=alert] >> text=/Too many attempts. Try again in \\d+ seconds?/");
}, { LIMIT_LOGINS: "3/900" });

doorTest("where sign-up is closed the door says so", async (desk) => {
  await desk.enter("asha", { isNew: true });
  await desk.page.waitForSelector("text=Sign-up is closed on this service");
}, { SIGNUP: "closed" });
