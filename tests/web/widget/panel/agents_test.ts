import assert from "node:assert/strict";
import type { BrowserContext, Frame } from "playwright-core";
import { browse, browserTest } from "../../../harness/browser.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { Site } from "../site.ts";
import { Answers, unlimited, Visit } from "../visit.ts";

const picture = "https://pictures.example/bella.svg";

interface Answered {
  parlor: Parlor;
  asha: Admin;
  answers: Answers;
  context: BrowserContext;
  visit: Visit;
  consumer: string;
}

function agentsTest(name: string, play: (fixture: Answered) => Promise<void>): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(unlimited);
    const asha = await parlor.signUp("asha");
    await parlor.post("/chatbot/api", { title: "The lamp shop" }, { cookie: asha.cookie });
    await using site = Site.with(parlor, "asha");
    const context = await browse({ locale: "en-GB" });
    const shape = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="9"/></svg>';
    await context.route("https://pictures.example/**", (route) =>
      route.fulfill({
        contentType: "image/svg+xml",
        headers: { "cross-origin-resource-policy": "cross-origin" },
        body: shape,
      }));
    await profile(parlor, asha, { name: "Bella", avatar_url: picture });
    const answers = await Answers.of(parlor, asha);
    const visit = await Visit.to(context, site.address);
    await visit.open();
    await visit.write("is it bright?");
    await visit.shows((rows) => rows.length === 2);
    try {
      await play({ parlor, asha, answers, context, visit, consumer: await visit.consumer("asha") });
      assert.deepEqual(visit.errors, []);
    } finally {
      await context.close();
    }
  });
}

const profile = (parlor: Parlor, { cookie }: Admin, own: Record<string, string>) =>
  parlor.fetch("/messages/api/members/me", {
    method: "PATCH",
    headers: { cookie, "content-type": "application/json" },
    body: JSON.stringify(own),
  });

const headers = (frame: Frame) =>
  frame.$$eval(".theirs .by", (all) =>
    all.map((by) => [
      by.querySelector("bdi")!.textContent,
      by.querySelector("img")?.src ?? by.querySelector(".person")?.textContent,
    ]));

agentsTest(
  "vera sees who answers, by name and picture",
  async ({ parlor, asha, answers, visit, consumer }) => {
    answers.write(consumer, "very");
    await visit.shows((rows) => rows.length === 3);
    const frame = await visit.frame();
    await frame.waitForFunction(() => document.querySelector<HTMLImageElement>(".by img")!.naturalWidth > 0);
    assert.deepEqual((await headers(frame)).slice(1), [["Bella", picture]]);
    await profile(parlor, asha, { name: "Carl", avatar_url: "" });
    // The author's name is as it was when it wrote.
    answers.write(consumer, "and blue");
    await visit.shows((rows) => rows.length === 4);
    assert.deepEqual((await headers(frame))[1], ["Bella", picture]);
    assert.doesNotMatch(await frame.content(), /asha/i, "a sign-in name is shown nowhere");
  },
);

agentsTest(
  "a text that is edited or deleted is so in vera's window",
  async ({ answers, visit, consumer }) => {
    answers.write(consumer, "verry");
    answers.write(consumer, "to be forgotten");
    await visit.shows((rows) => rows.length === 4);
    answers.send({ command: "edit_message", consumer, seq: 2, content: "very" });
    await visit.shows((rows) => rows[2]?.text === "very (edited)");
    answers.send({ command: "delete_message", consumer, seq: 3 });
    await visit.shows((rows) => rows[3]?.text === "Message deleted");
    await visit.page.reload();
    await visit.open();
    const rows = await visit.shows((rows) => rows.length === 4);
    assert.deepEqual(rows.slice(2).map(({ text }) => text), ["very (edited)", "Message deleted"]);
  },
);
