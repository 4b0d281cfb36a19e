import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { signUpMember } from "../../../harness/member.ts";
import type { Setting } from "../fixture.ts";
import { settingsTest } from "./fixture.ts";

/** Maya, an agent, and Olga, an observer, in asha's workspace. */
const withColleagues: Setting["before"] = async ({ parlor }) => {
  await signUpMember(parlor, "asha", { username: "maya", role: "agent", name: "Maya" });
  await signUpMember(parlor, "asha", { username: "olga", role: "observer", name: "Olga" });
};

settingsTest(
  "somebody is invited by a link that is shown once, and the invitation is revoked",
  "members",
  async ({ page, parlor, settings }) => {
    await page.getByLabel("Email (optional)").fill("noor@lamps");
    await settings.press("Create the invitation");
    await settings.focusIsAt("set-invite-email");
    await page.getByLabel("Email (optional)").fill("noor@lamps.example");
    await page.getByRole("radio", { name: /^Manager/ }).check();
    await settings.press("Create the invitation");
    const link = page.getByLabel("Link for noor@lamps.example");
    await link.waitFor();
    const [, token] = (await link.inputValue()).split("/messages/join#");
    const asked = () => parlor.fetch(`/accounts/api/invitations/${token}`);
    assert.deepEqual((await (await asked()).json()).role, "manager");
    const row = page.getByRole("listitem").filter({ hasText: "noor@lamps.example" });
    await row.getByText("Manager").waitFor();
    await page.reload();
    await settings.isThere();
    assert.equal(await link.count(), 0);
    await row.getByRole("button", { name: "Revoke the invitation: noor@lamps.example" }).click();
    await row.waitFor({ state: "detached" });
    await settings.focusIsAt("set-heading");
    assert.equal((await asked()).status, 404);
  },
);

settingsTest(
  "a member's role, teams and capacity are changed, and it is removed after asking",
  "members",
  async ({ page, parlor, asha, settings }) => {
    const member = async () => {
      const answer = await parlor.fetch("/messages/api/members", { headers: { cookie: asha.cookie } });
      const { members } = await answer.json();
      return members.find(({ username }: { username: string }) => username === "maya");
    };
    await settings.press("Change Maya");
    const dialog = page.getByRole("dialog", { name: "Maya" });
    await dialog.getByLabel("Role").selectOption("manager");
    await dialog.getByLabel("Conversations at once").fill("3");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    const row = page.getByRole("listitem").filter({ hasText: "Maya" });
    await row.getByText("Manager").waitFor();
    assert.deepEqual([(await member()).role, (await member()).capacity], ["manager", 3]);
    await settings.press("Remove Maya");
    const confirm = page.getByRole("dialog", { name: "Remove Maya from this workspace?" });
    await confirm.getByRole("button", { name: "Cancel" }).click();
    assert.ok(await member());
    await settings.press("Remove Maya");
    await confirm.getByRole("button", { name: "Remove" }).click();
    await row.waitFor({ state: "detached" });
    assert.equal(await member(), undefined);
  },
  {},
  withColleagues,
);

settingsTest(
  "ownership is handed over after asking, and the page becomes a manager's",
  "members",
  async ({ page, settings }) => {
    await page.getByLabel("New owner").selectOption({ label: "Maya" });
    await settings.press("Hand over ownership");
    await page.getByRole("dialog").getByRole("button", { name: "Hand over ownership" }).click();
    await page.getByRole("listitem").filter({ hasText: "Maya" }).getByText("Owner").waitFor();
    const nav = page.locator(".set-contents");
    await nav.getByRole("link", { name: "Audit log" }).waitFor({ state: "detached" });
    await nav.getByRole("link", { name: "Identity" }).waitFor({ state: "detached" });
    await nav.getByRole("link", { name: "Teams" }).waitFor();
  },
  {},
  withColleagues,
);

settingsTest(
  "a team is made, changed and deleted",
  "teams",
  async ({ page, settings }) => {
    await settings.press("New team");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Save" }).click();
    await settings.focusIsAt("set-name");
    await dialog.getByLabel("Name").fill("Orders");
    await dialog.getByLabel("Maya").check();
    await dialog.getByRole("radio", { name: "Evenly" }).check({ force: true });
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    const row = page.getByRole("listitem").filter({ hasText: "Orders" });
    await row.getByText("Maya").waitFor();
    await row.getByText("Evenly").waitFor();
    await settings.press("Change Orders");
    await dialog.getByLabel("Name").fill("Orders and returns");
    await dialog.getByRole("button", { name: "Save" }).click();
    await settings.press("Delete Orders and returns");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByText("No teams yet.").waitFor();
  },
  {},
  withColleagues,
);

settingsTest("a label has a colour whose contrast is told", "labels", async ({ page, settings }) => {
  await settings.press("New label");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Delivery");
  await dialog.getByLabel("Colour", { exact: true }).fill("#ffee00");
  await dialog.getByText("This is hard to see").waitFor();
  await dialog.getByLabel("Colour", { exact: true }).fill("#1d4ed8");
  await dialog.getByText("This is hard to see").waitFor({ state: "detached" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("listitem").filter({ hasText: "Delivery" }).waitFor();
  await settings.press("Delete Delivery");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await page.getByText("No labels yet").waitFor();
});

settingsTest(
  "a canned reply has a preview that follows, and a wrong variable is told beside the text",
  "canned",
  async ({ page, settings }) => {
    await settings.press("New reply");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Code").fill("hours");
    await dialog.getByLabel("Text", { exact: true }).fill("Hi , we open at {{nothing}}");
    await dialog.getByText("There is no such variable").waitFor();
    await dialog.getByRole("button", { name: "Save" }).click();
    await settings.focusIsAt("set-text");
    await dialog.getByText("There is no variable {{nothing}}").waitFor();
    await dialog.getByLabel("Text", { exact: true }).fill("Hi , we open at {{ask:Hour|nine}}");
    await dialog.getByLabel("Text", { exact: true }).evaluate((area: HTMLTextAreaElement) =>
      area.setSelectionRange(3, 3)
    );
    await dialog.getByRole("button", { name: "{{visitor.name}}" }).click();
    assert.equal(
      await dialog.getByLabel("Text", { exact: true }).inputValue(),
      "Hi {{visitor.name}}, we open at {{ask:Hour|nine}}",
    );
    assert.equal(await dialog.locator(".set-bubble").textContent(), "Hi Ada, we open at [nine]");
    await dialog.getByLabel("For whom").selectOption("all");
    await dialog.getByRole("button", { name: "Save" }).click();
    const row = page.getByRole("listitem").filter({ hasText: "/hours" });
    await row.getByText("Everybody").waitFor();
  },
);

settingsTest(
  "a file of canned replies is looked at before it is imported, with its wrong lines",
  "canned",
  async ({ page, settings }) => {
    const choose = (text: string) =>
      page.getByLabel("Import a file").setInputFiles({
        name: "replies.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(text),
      });
    await choose("code,text\nbad code,Hello\nfine,Hello");
    await page.getByText("Line 2").waitFor();
    assert.equal(await page.getByRole("button", { name: "Import", exact: true }).count(), 0);
    await choose("title\nx");
    await page.getByRole("alert").getByText("the first line names the columns").waitFor();
    await choose("code,text\nhi,Hello\nbye,Goodbye");
    await page.getByText("2 would be added and 0 changed; 0 are the same.").waitFor();
    assert.equal(await page.getByRole("listitem").filter({ hasText: "/hi" }).count(), 0);
    await settings.press("Import");
    await page.getByText("2 added, 0 changed, 0 the same").waitFor();
    await page.getByRole("listitem").filter({ hasText: "/hi" }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download as a file" }).click(),
    ]);
    const text = await Deno.readTextFile(await download.path());
    assert.match(text, /\r\nhi,,Hello,own,,0\r\n/);
  },
);

settingsTest(
  "a profile shows what visitors see, and is saved",
  "profile",
  async ({ page, settings, parlor, asha }) => {
    await page.getByLabel("Display name").fill("Asha");
    await page.getByLabel("Title").fill("Orders");
    await page.getByLabel("Picture").fill("http://plain.example/a.png");
    await settings.press("Save");
    await settings.focusIsAt("set-profile-avatar_url");
    await page.getByLabel("Picture").fill("");
    await settings.press("Save");
    await page.locator("form").getByText("Saved").waitFor();
    const { members } =
      await (await parlor.fetch("/messages/api/members", { headers: { cookie: asha.cookie } }))
        .json();
    assert.deepEqual([members[0].name, members[0].title], ["Asha", "Orders"]);
    await page.reload();
    await settings.isThere();
    assert.equal(await page.getByLabel("Display name").inputValue(), "Asha");
  },
);

settingsTest(
  "what one is told about is set by rule, where there are colleagues",
  "notifications",
  async ({ page, parlor, asha }) => {
    const rule = async () =>
      (await (await parlor.fetch("/messages/api/members", { headers: { cookie: asha.cookie } })).json())
        .notify;
    const mine = page.getByRole("switch", { name: "Conversations that are mine" });
    assert.equal(await mine.isChecked(), true);
    await mine.click();
    await page.getByRole("switch", { name: "All conversations" }).click();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>("#set-notify-mine")!.disabled);
    assert.deepEqual((await rule()).toSorted(), ["all", "mentions", "unassigned"]);
  },
  {},
  withColleagues,
);

settingsTest(
  "assignment is set for conversations without a team",
  "assignment",
  async ({ page, settings }) => {
    await page.getByRole("radio", { name: "Evenly" }).check({ force: true });
    await settings.saveAll();
    assert.equal((await settings.saved()).assignment, "balanced");
  },
);

settingsTest(
  "the owner reads who did what, and a member whose role does not allow a page is told so",
  "audit",
  async ({ page, parlor, asha, context }) => {
    await parlor.post("/messages/api/invitations", { role: "agent" }, { cookie: asha.cookie });
    await page.reload();
    await page.getByRole("listitem").filter({ hasText: "invit" }).first().waitFor();
    const maya = await signUpMember(parlor, "asha", { username: "maya", role: "agent", name: "Maya" });
    await context.clearCookies();
    const [name, value] = maya.cookie.split("=") as [string, string];
    await context.addCookies([{ name, value, url: parlor.address }]);
    const other = await context.newPage();
    await other.goto(`${parlor.address}/messages/settings/audit?workspace=asha`);
    await other.getByText("Your role in this workspace, Agent, does not allow this page.").waitFor();
    const links = await other.locator(".set-contents a").allTextContents();
    assert.deepEqual(links, [
      "Members",
      "Canned replies",
      "Blocked visitors",
      "Profile",
      "Notifications",
      "Account",
    ]);
  },
);

const withTeam: Setting["before"] = async ({ parlor, asha }) => {
  await parlor.post("/messages/api/teams", { name: "Orders" }, { cookie: asha.cookie });
};

settingsTest(
  "targets are set for the workspace and for a team, and taken back",
  "targets",
  async ({ page, settings }) => {
    const sla = async () => (await settings.saved()).sla;
    const first = page.getByLabel("First reply").first();
    await first.fill("90");
    await page.getByText(/^1\s?h(our,?)? 30\s?m(inutes)?$/).waitFor();
    await page.getByRole("switch", { name: "Orders has targets of its own" }).check();
    await page.getByLabel("Resolved").nth(1).fill("480");
    await settings.saveAll();
    const { teams: [orders], ...own } = await sla();
    assert.deepEqual(own, { first_reply: 90, next_reply: null, resolve: null });
    assert.deepEqual([orders.first_reply, orders.next_reply, orders.resolve], [null, null, 480]);
    await first.fill("99999");
    await settings.save();
    await settings.focusIsAt("set-sla-first_reply");
    await first.fill("");
    await page.getByRole("switch", { name: "Orders has targets of its own" }).uncheck();
    await settings.saveAll();
    assert.deepEqual(await sla(), { first_reply: null, next_reply: null, resolve: null, teams: [] });
  },
  {},
  withTeam,
);
