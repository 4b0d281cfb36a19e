import assert from "node:assert/strict";
import { someone } from "../fixture.ts";
import { faultsOf } from "../axe.ts";
import { looks, nameOfLook } from "../looks.ts";
import type { PortalDriver } from "../portal_driver.ts";
import { shortcut, teamTest } from "./team_fixture.ts";

const vera = someone();
/** Where pictures are stored, if anywhere. */
const folder = Deno.env.get("PARLOR_PICTURES");

/** Visits each state of a team's inbox and calls `look` in it. */
async function everyState(driver: PortalDriver, look: (state: string) => Promise<void>): Promise<void> {
  const { page } = driver, isPhone = page.viewportSize()!.width < 760;
  await page.waitForSelector(".rooms a.room");
  await look("list");
  if (isPhone) {
    await page.click(".list-title button");
    await page.waitForSelector(".palette [role=option]");
    await look("lists");
    await page.keyboard.press("Escape");
  }
  await driver.open("Could it reach Leeds");
  await page.waitForSelector(".note[data-staff]");
  await page.fill(".composer textarea", "Yes: ordered by 4 today it leaves tonight.");
  await look("thread");
  await page.click(".mode-note");
  await page.keyboard.type("@ma");
  await page.waitForSelector(".completions [role=option]");
  await look("note");
  await page.keyboard.press("Escape");
  for (const [key, state] of [["a", "assign"], ["l", "label"], ["s", "snooze"]] as const) {
    await shortcut(driver, key);
    await page.waitForSelector(".palette [role=option]");
    await look(state);
    await page.keyboard.press("Escape");
    await page.waitForSelector(".palette", { state: "detached" });
  }
  if (isPhone) return;
  await page.locator(".pick input").first().check({ force: true });
  await page.waitForSelector(".bulk");
  await look("bulk");
}

for (const view of looks) {
  teamTest(`axe has nothing against a team's inbox: ${nameOfLook(view)}`, async (fixture) => {
    const { asha, maya, portal, say, call, parlor } = fixture;
    const label = await call<{ id: string }>(asha, "POST /labels", { name: "Delivery", colour: "#3b6fd4" });
    await call(asha, "POST /teams", { name: "Orders" });
    for (const name of ["Clara Weiss", "سامر منصور", "Liam Doyle"]) {
      const { consumer, token } = await parlor.visit(asha, { name });
      await (await parlor.chat(asha, consumer, token)).say("Do you ship to Norway?");
    }
    await say(vera, "Could it reach Leeds by Friday?");
    await call(asha, "POST /rooms/bulk", {
      consumers: [vera],
      act: { label: { add: [label.id], drop: [] } },
    });
    await call(asha, "POST /rooms/bulk", { consumers: [vera], act: { assign: { agent: maya.id } } });
    const inbox = await parlor.inbox(asha);
    inbox.send({ command: "note", consumer: vera, client_id: crypto.randomUUID(), text: "@Maya 20 % off?" });
    const driver = await portal(asha, "", view);
    await everyState(driver, async (state) => {
      if (folder) {
        const name = `${state}_${view.viewport.width}_${view.colorScheme}_${view.locale}`;
        await driver.page.waitForTimeout(300);
        await driver.page.screenshot({ path: `${folder}/${name}.png` });
      }
      assert.deepEqual(await faultsOf(driver.page), [], state);
      const wide = await driver.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${state} is ${wide} px too wide`);
    });
  });
}
