import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { type Admin, Parlor, password } from "../../../harness/parlor.ts";
import { unlimited } from "../../widget/visit.ts";
import { faultsOf } from "../axe.ts";
import { looks, nameOfLook } from "../looks.ts";
import { PortalDriver } from "../portal_driver.ts";

interface JoinFixture {
  parlor: Parlor;
  asha: Admin;
  context: BrowserContext;
  driver: PortalDriver;
  page: Page;
  /** Opens the link of a new invitation of asha's. */
  follow(role?: string): Promise<{ id: string; token: string }>;
  /** The members of asha's workspace, by sign-in name. */
  members(): Promise<Record<string, { role: string; name: string }>>;
}

function joinTest(name: string, play: (fixture: JoinFixture) => Promise<void>, browser = {}): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
    const asha = await parlor.signUp("asha"), { cookie } = asha;
    await parlor.post("/chatbot/api", { title: "Lamp workshop" }, { cookie });
    const context = await browse({ locale: "en-GB", ...browser });
    try {
      const driver = await PortalDriver.at(context, parlor.address, "/join#none");
      const { page } = driver;
      const follow = async (role = "agent") => {
        const made = await (await parlor.post("/messages/api/invitations", { role }, { cookie })).json();
        await page.goto("about:blank");
        await page.goto(made.link);
        return made;
      };
      const members = async () => {
        const answer = await parlor.fetch("/messages/api/members", { headers: { cookie } });
        const { members } = await answer.json();
        return Object.fromEntries(members.map((member: { username: string }) => [member.username, member]));
      };
      await play({ parlor, asha, context, driver, page, follow, members });
      assert.deepEqual(driver.errors, []);
    } finally {
      await context.close();
    }
  });
}

joinTest("who has no account makes one by the invitation, and answers there", async (fixture) => {
  const { page, follow, members, parlor, asha } = fixture;
  await page.getByRole("heading", { name: "This invitation is no longer valid" }).waitFor();
  await follow();
  await page.getByRole("heading", { name: "Join Lamp workshop" }).waitFor();
  await page.getByText("Lamp workshop (asha) as agent").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForSelector("[name=username][aria-invalid]");
  await page.fill("[name=username]", "asha");
  await page.fill("[name=password]", password);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() =>
    document.activeElement?.getAttribute("name") === "username" &&
    document.activeElement.getAttribute("aria-invalid") === "true"
  );
  await page.fill("[name=username]", "maya");
  await page.fill("[name=name]", "Maya");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".shell");
  assert.equal(new URL(page.url()).pathname, "/messages");
  await page.waitForFunction(() => location.search === "");
  assert.equal((await members()).maya!.name, "Maya");
  const visitor = crypto.randomUUID();
  await (await parlor.chat(asha, visitor)).say("Is anybody there?");
  await page.getByText("Is anybody there?").first().waitFor();
  await page.reload();
  await page.getByText("Is anybody there?").first().waitFor();
  assert.equal((await parlor.post("/chatbot/api/maya/session", {})).status, 404, "no chatbot of her own");
});

joinTest("who has an account signs in and joins, and changes between workspaces", async (fixture) => {
  const { page, parlor, asha, follow, members } = fixture;
  const bruno = await parlor.signUp("bruno");
  await (await parlor.chat(asha, crypto.randomUUID())).say("I am asha's visitor");
  await (await parlor.chat(bruno, crypto.randomUUID())).say("I am bruno's visitor");
  const { token } = await follow("manager");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.fill("[name=username]", "bruno");
  await page.fill("[name=password]", password);
  await page.keyboard.press("Enter");
  await page.getByText("You are signed in as bruno.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("I am asha's visitor").first().waitFor();
  assert.equal((await members()).bruno!.role, "manager");
  assert.equal((await parlor.fetch(`/accounts/api/invitations/${token}`)).status, 404, "it is used");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByLabel("Workspace").selectOption("bruno");
  await page.getByText("I am bruno's visitor").first().waitFor();
  assert.equal(await page.getByText("I am asha's visitor").count(), 0);
  await page.reload();
  await page.getByText("I am bruno's visitor").first().waitFor();
  const other = await fixture.context.newPage();
  await other.goto(`${parlor.address}/messages?workspace=asha`);
  await other.getByText("I am asha's visitor").first().waitFor();
  await page.reload();
  await page.getByText("I am bruno's visitor").first().waitFor();
});

joinTest(
  "an invitation that was revoked while one looked says so",
  async ({ page, follow, parlor, asha }) => {
    const { id } = await follow();
    await page.fill("[name=username]", "maya");
    await page.fill("[name=password]", password);
    const { cookie } = asha;
    await parlor.fetch(`/messages/api/invitations/${id}`, { method: "DELETE", headers: { cookie } });
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "This invitation is no longer valid" }).waitFor();
  },
);

joinTest("a removed member's page goes to its own workspace, or says that there is none", async (fixture) => {
  const { page, follow, members, parlor, asha: { cookie } } = fixture;
  await follow();
  await page.fill("[name=username]", "maya");
  await page.fill("[name=password]", password);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".shell");
  const { id } = (await members()).maya as unknown as { id: string };
  await parlor.fetch(`/messages/api/members/${id}`, { method: "DELETE", headers: { cookie } });
  await page.getByRole("heading", { name: "No workspace" }).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForSelector(".door-card");
});

joinTest("a member says whether it is here", async ({ page, follow, members }) => {
  await follow();
  await page.fill("[name=username]", "maya");
  await page.fill("[name=password]", password);
  await page.fill("[name=name]", "Maya");
  await page.keyboard.press("Enter");
  await page.getByLabel("Your availability").selectOption("away");
  const isAway = async () => (await members()).maya as unknown as { availability: string };
  while ((await isAway()).availability !== "away") await page.waitForTimeout(20);
  await page.reload();
  assert.equal(await page.getByLabel("Your availability").inputValue(), "away");
});

for (const look of looks) {
  joinTest(
    `axe has nothing against the page of an invitation: ${nameOfLook(look)}`,
    async ({ page, follow }) => {
      await page.waitForSelector("h1");
      const faults = await faultsOf(page);
      await follow("observer");
      await page.waitForSelector("[name=username]");
      faults.push(...await faultsOf(page));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px wider than the window`);
      if (Deno.env.has("SHOTS")) {
        await page.screenshot({
          path: `${Deno.env.get("SHOTS")}/join_${look.viewport.width}_${look.locale}.png`,
        });
      }
      assert.deepEqual(faults, []);
    },
    look,
  );
}
