import type { Page } from "playwright-core";
import { demoAdmin, demoPassword, seedDemo } from "../commands/demo/seed_demo.ts";
import { seedKnowledge } from "../commands/demo/seed_knowledge.ts";
import { browse } from "../tests/harness/browser.ts";
import { Parlor } from "../tests/harness/parlor.ts";
import { PortalDriver } from "../tests/web/portal/portal_driver.ts";
import { Visit } from "../tests/web/widget/visit.ts";

/** Bytes that one picture may take in a clone. */
const mostBytes = 200_000;

/**
 * Takes the README's pictures of a service with the demo's conversations. They hold Arabic and Devanagari, for which the
 * system needs fonts (on Debian `fonts-dejavu-core` and `fonts-lohit-deva`).
 */
async function takePictures() {
  await using parlor = await Parlor.start({ LOG_LEVEL: "error" });
  const { chat } = parlor.running.service;
  await seedDemo(chat.store, chat.passwords, Date.now());
  await seedKnowledge(chat);
  const login = await parlor.post("/accounts/api/login", { username: demoAdmin, password: demoPassword });
  const { token } = await login.json();
  const cookie = `parlor_session=${token}`;
  const context = await browse({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
  try {
    const driver = await PortalDriver.of(context, parlor.address, { cookie });
    await driver.open("I'll think about it");
    await driver.page.waitForSelector(".facts dd");
    await take(driver.page, "portal");

    const consumer = crypto.randomUUID();
    const visit = await Visit.to(context, `${parlor.address}/chatbot/${demoAdmin}/${consumer}`);
    const frame = await visit.frame();
    await frame.waitForSelector("textarea:visible");
    await visit.write("What do you charge for shipping?");
    await frame.waitForSelector('.bubble:has-text("Delivery costs")');
    await visit.write("Is the bottle lamp waterproof? It would hang under a roof, but outside.");
    const answer = await parlor.chat({ username: demoAdmin }, consumer, token);
    await answer.say("It is made for inside. The bottle lantern has the same glass, and a sealed socket.");
    await frame.waitForSelector('.bubble:has-text("a sealed socket")');
    await take(visit.page, "widget");
  } finally {
    await context.close();
  }
}

async function take(page: Page, name: string): Promise<void> {
  // What moves has come to rest by then.
  await page.waitForTimeout(1_000);
  const path = new URL(`pictures/${name}.png`, import.meta.url).pathname;
  const { length } = await page.screenshot({ path });
  if (length > mostBytes) throw new Error(`${name}.png takes ${length} bytes`);
  console.log(`docs/pictures/${name}.png, ${length} bytes`);
}

if (import.meta.main) {
  await takePictures();
  Deno.exit();
}
