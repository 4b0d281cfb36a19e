import assert from "node:assert/strict";
import { changeMembers } from "../../../../db/collections/members.ts";
import type { Parlor } from "../../../harness/parlor.ts";
import { someone } from "../fixture.ts";
import { shortcut, teamTest } from "./team_fixture.ts";

const vera = someone();

/** Makes a member an observer, or removes it, in the store. */
async function change(parlor: Parlor, username: string, to: "observer" | "gone"): Promise<void> {
  const { store } = parlor.running.service.chat;
  await changeMembers(store, "asha", (members) => {
    const member = members.find((one) => one.username === username)!;
    return {
      ...(to === "gone" ? { remove: [member] } : { put: [{ ...member, role: to }] }),
      answer: undefined,
    };
  });
}

teamTest("an observer reads and notes, and has no controls that its role does not allow", async (fixture) => {
  const { asha, tom, portal, say } = fixture;
  await say(vera, "I am Vera");
  const ashas = await portal(asha), toms = await portal(tom), { page } = toms;
  await ashas.open("I am Vera");
  await toms.open("I am Vera");
  assert.equal(await page.locator(".resolve, .act-assign, .act-snooze").count(), 0);
  assert.equal(await page.getByRole("button", { name: /^Reply/ }).count(), 0);
  await page.waitForSelector(".composer.is-note");
  for (const key of ["a", "l", "s", "e", "u"]) await shortcut(toms, key);
  assert.equal(await page.locator(".palette").count(), 0);
  await page.fill(".composer textarea", "I would say no.");
  await page.press(".composer textarea", "Enter");
  await ashas.page.waitForSelector(".note[data-staff] >> text=I would say no.");
  await page.waitForSelector(".composer.is-note");
}, { isObserved: true });

teamTest("who is demoted with the page open keeps the note alone", async ({ maya, portal, say, parlor }) => {
  await say(vera, "I am Vera");
  const driver = await portal(maya), { page } = driver;
  await driver.open("I am Vera");
  await page.waitForSelector(".resolve");
  await change(parlor, "maya", "observer");
  await page.waitForSelector(".resolve", { state: "detached", timeout: 15_000 });
  await page.waitForSelector(".composer.is-note");
  assert.equal(await page.getByRole("button", { name: /^Reply/ }).count(), 0);
});

teamTest("who is removed with the page open sees nothing of the workspace any more", async (fixture) => {
  const { maya, portal, say, parlor } = fixture;
  await say(vera, "I am Vera");
  const driver = await portal(maya), { page } = driver;
  await driver.open("I am Vera");
  await change(parlor, "maya", "gone");
  await page.waitForSelector("text=I am Vera", { state: "detached", timeout: 15_000 });
});
