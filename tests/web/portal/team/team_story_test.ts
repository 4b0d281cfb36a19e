import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { password } from "../../../harness/parlor.ts";
import { ServiceProcess } from "../../../harness/service_process.ts";
import { Cutter, targetOf } from "../../cutter.ts";
import { embedLine, Site } from "../../widget/site.ts";
import { unlimited, Visit } from "../../widget/visit.ts";
import { PortalDriver } from "../portal_driver.ts";
import { choose, holdMessages, openList, railCount, shortcut } from "./team_fixture.ts";

/** Time for a page to be back after a kill, with a backoff of up to 30 seconds. Milliseconds. */
const backMs = 60_000;
/** Time that the conversation is snoozed. Milliseconds. */
const snoozeMs = 20_000;

/** A call of the API; answers its JSON and the session's cookie, if there is one. */
async function post(address: string, path: string, body: unknown, cookie = "") {
  const response = await fetch(address + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...cookie && { cookie } },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  assert.ok(response.ok, `${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return { answer, cookie: response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie };
}

/** The owner invites somebody, who makes an account by the invitation. */
async function join(address: string, owner: { cookie: string }, username: string, name: string) {
  const { answer } = await post(address, "/messages/api/invitations", { role: "agent" }, owner.cookie);
  const { cookie } = await post(
    address,
    `/accounts/api/invitations/${answer.token}/accept`,
    { username, password },
  );
  const response = await fetch(`${address}/messages/api/members/me`, {
    method: "PATCH",
    headers: { "content-type": "application/json", cookie, "parlor-workspace": "asha" },
    body: JSON.stringify({ name }),
  });
  assert.equal(response.status, 200, await response.text());
  return { cookie };
}

/** Kills the service and starts it again on the same data. */
async function killAndStart(service: ServiceProcess, pages: Page[]): Promise<void> {
  await service.end("SIGKILL");
  await pages[0]!.waitForSelector(".cut-line:visible");
  await service.start();
  for (const page of pages) {
    await page.waitForFunction(
      () => [...document.querySelectorAll(".cut-line")].every((line) => !line.textContent),
      undefined,
      { timeout: backMs },
    );
  }
}

browserTest("a team of three answers a visitor all day, while the service is killed twice", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  await using service = await new ServiceProcess(folder, { ...unlimited, LIMIT_SIGNUPS: "off" }).start();
  await using cutter = new Cutter(() => targetOf(service.address));
  await using site = new Site(embedLine(cutter, "asha"));
  await using browsers = new AsyncDisposableStack();
  const browser = async () => browsers.adopt(await browse({ locale: "en-GB" }), (one) => one.close());
  try {
    const { address } = cutter;
    const asha = await post(address, "/accounts/api/signup", { username: "asha", password });
    const maya = await join(address, asha, "maya", "Maya");
    const tom = await join(address, asha, "tom", "Tom");
    const canned = {
      code: "ship",
      title: "Leaves today",
      text: "It leaves today, {{ask:Order}}.",
      scope: "all",
    };
    await post(address, "/messages/api/canned", canned, asha.cookie);

    const visit = await Visit.to(await browser(), site.address);
    await visit.open();
    await visit.write("Could it reach Leeds by Friday?");
    const portal = async (member: { cookie: string }, page?: Page) => {
      const context = page?.context() ?? await browser();
      const driver = await PortalDriver.of(context, address, member, "?workspace=asha", page);
      await driver.page.waitForSelector(".shell.is-shared");
      return driver;
    };
    const ashas = await portal(asha), mayas = await portal(maya);
    const tomsPage = await (await browser()).newPage(), tomsMessages = await holdMessages(tomsPage);
    const toms = await portal(tom, tomsPage);
    const pages = [ashas.page, mayas.page, toms.page];

    // Asha assigns it to Maya, and asks Tom in a note.
    await ashas.open("Could it reach Leeds");
    await shortcut(ashas, "a");
    await choose(ashas, "Maya");
    await mayas.until(() => railCount(mayas, "mine"), (n) => n === 1);
    await shortcut(ashas, "n");
    await ashas.page.keyboard.type("@Tom can you pack it today?");
    await ashas.page.keyboard.press("Enter");
    await ashas.page.waitForSelector(".note[data-staff] >> text=can you pack it today?");
    await toms.until(() => railCount(toms, "mentions"), (n) => n === 1);
    await openList(toms, "mentions");
    await toms.open("Could it reach Leeds");
    await toms.page.waitForSelector(".note strong:text('@Tom')");
    await toms.until(() => railCount(toms, "mentions"), (n) => n === 0);

    await killAndStart(service, pages);

    // Maya answers by a canned reply; Tom, who has not seen that, is stopped.
    await openList(mayas, "mine");
    await mayas.open("Could it reach Leeds");
    await mayas.page.waitForSelector(".note >> text=can you pack it today?");
    await mayas.page.click(".composer textarea");
    await mayas.page.keyboard.type("/ship");
    await mayas.page.waitForSelector('.completions [aria-selected="true"] >> text=Leaves today');
    await mayas.page.keyboard.press("Enter");
    await mayas.page.keyboard.type("P-5439");
    await toms.page.waitForSelector(".watch >> text=Maya is writing");
    await toms.page.fill(".composer textarea", "Yes, I pack it now.");
    tomsMessages.hold();
    await mayas.page.keyboard.press("Enter");
    await visit.shows((rows) => rows.some(({ text }) => text === "It leaves today, P-5439."));
    await toms.page.press(".composer textarea", "Enter");
    await toms.page.waitForSelector(".overtaken >> text=Not sent: Maya answered first");
    await toms.shows((rows) => rows.at(-1)?.text === "It leaves today, P-5439.");
    await toms.page.getByRole("button", { name: "Send anyway" }).click();
    await visit.shows((rows) => rows.at(-1)?.text === "Yes, I pack it now.");

    // Snoozed for a while, it wakes by itself, though the service is killed meanwhile.
    const { consumer } = await mayas.page.evaluate(() => ({
      consumer: decodeURIComponent(location.pathname.split("/").pop()!),
    }));
    await openList(mayas, "mine");
    const act = { snooze: new Date(Date.now() + snoozeMs).toISOString() };
    await post(address, "/messages/api/rooms/bulk", { consumers: [consumer], act }, asha.cookie);
    await mayas.lists((rooms) => rooms.length === 0);
    await mayas.until(() => railCount(mayas, "snoozed"), (n) => n === 1);
    await killAndStart(service, pages);
    await mayas.lists((rooms) => rooms.length === 1, backMs);

    // Resolved, and brought back.
    await mayas.open("I pack it now");
    await shortcut(mayas, "e");
    await mayas.page.waitForSelector(".toast >> text=Resolved");
    await mayas.lists((rooms) => rooms.length === 0);
    await shortcut(mayas, "z");
    await mayas.lists((rooms) => rooms.length === 1);
    const said = (await visit.texts()).join("\n");
    assert.doesNotMatch(said, /pack it today|@Tom/, "a note never reaches the visitor");
    assert.equal(said.match(/I pack it now/g)?.length, 1);
    assert.deepEqual([ashas.errors, mayas.errors, toms.errors, visit.errors], [[], [], [], []]);
  } finally {
    await service.end("SIGKILL");
    await Deno.remove(folder, { recursive: true });
  }
});
