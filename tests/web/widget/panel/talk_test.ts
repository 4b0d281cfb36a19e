import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { type Admin, Parlor } from "../../../harness/parlor.ts";
import { Site } from "../site.ts";
import { Answers, unlimited, Visit } from "../visit.ts";

interface WidgetFixture {
  parlor: Parlor;
  asha: Admin;
  site: Site;
  visit: Visit;
  answers: Answers;
}

function widgetTest(
  name: string,
  play: (fixture: WidgetFixture) => Promise<void>,
  { settings = {}, env = unlimited }: { settings?: Record<string, unknown>; env?: Record<string, string> } =
    {},
): void {
  browserTest(name, async () => {
    await using parlor = await Parlor.start(env);
    const asha = await parlor.signUp("asha");
    await parlor.post("/chatbot/api", { title: "Asha's shop", ...settings }, { cookie: asha.cookie });
    await using site = Site.with(parlor, "asha");
    const context = await browse({ locale: "en-GB" });
    const answers = await Answers.of(parlor, asha);
    const visit = await Visit.to(context, site.address);
    try {
      await play({ parlor, asha, site, visit, answers });
      assert.deepEqual(visit.errors, [], "no exception reaches the page");
    } finally {
      await context.close();
    }
  });
}

widgetTest("vera and asha talk, and each sees what became of what they wrote", async ({ visit, answers }) => {
  const frame = await visit.open();
  assert.deepEqual(await visit.texts(), ["Hi! How can we help?"]);
  await visit.write("Do you have it in green?\nThe tall one?");
  const [, mine] = await visit.shows((rows) => rows[1]?.state === "Sent");
  assert.deepEqual([mine?.side, mine?.text], ["mine", "Do you have it in green?\nThe tall one?"]);

  const consumer = await visit.consumer("asha");
  answers.send({ command: "typing", consumer, typing: true });
  await frame.waitForSelector(".typing:visible");
  assert.equal(await frame.textContent(".typing"), "Asha's shop is typing");
  answers.send({ command: "read", consumer, seq: 1 });
  await visit.shows((rows) => rows[1]?.state === "Read");
  answers.write(consumer, "Yes: https://shop.example/green.");
  await visit.shows((rows) => rows[2]?.text === "Yes: https://shop.example/green.");
  assert.equal(await frame.isVisible(".typing"), false, "who has written types no longer");
  const link = await frame.$eval(".theirs a", (a) => (a as HTMLAnchorElement).href + a.getAttribute("rel"));
  assert.equal(link, "https://shop.example/greennoopener noreferrer nofollow ugc");
  const { by, seq } = await answers.next("read");
  assert.deepEqual([by, seq], ["visitor", 2], "vera has read it");
});

widgetTest("what vera types is seen while she types it", async ({ visit, answers }) => {
  await visit.open();
  await visit.write("hello");
  await visit.shows((rows) => rows.length === 2);
  const frame = await visit.frame();
  await answers.next("new_message");
  await frame.type("textarea", "I am wri");
  let frameSeen = await answers.next("typing");
  while (!frameSeen.typing) frameSeen = await answers.next("typing");
  await frame.fill("textarea", "");
  while (frameSeen.typing) frameSeen = await answers.next("typing");
});

widgetTest(
  "whether asha is there is said, and what she sets is shown at once",
  async ({ visit, answers, parlor, asha }) => {
    const frame = await visit.open();
    await frame.waitForSelector("text=Online");
    answers.close();
    await frame.waitForSelector("text=Away right now", { timeout: 15_000 });
    await parlor.post("/chatbot/api", { title: "Asha's lamps", accent: "#facc15" }, { cookie: asha.cookie });
    await frame.waitForSelector('h1:text-is("Asha\'s lamps")');
    const [accent, on] = await frame.$eval("html", (html) => {
      const style = getComputedStyle(html);
      return ["--accent", "--on-accent"].map((name) => style.getPropertyValue(name));
    }) as [string, string];
    assert.deepEqual([accent, on], ["#facc15", "#000000"]);
  },
);

widgetTest("outside business hours it says so, and when somebody is back", async ({ visit, answers }) => {
  answers.close();
  const frame = await visit.open();
  await frame.waitForSelector("text=/^Back \\w+day/");
  assert.deepEqual(await visit.texts(), ["Hi! How can we help?", "We are away. Leave a message."]);
}, {
  settings: {
    away_message: "We are away. Leave a message.",
    // Closed at present: the hours are on the day after tomorrow.
    business_hours: {
      time_zone: "UTC",
      ranges: [{ day: (new Date().getUTCDay() + 1) % 7 + 1, from: "09:00", to: "10:00" }],
    },
  },
});

widgetTest("name and email are asked for where the chatbot wants them, once", async ({ visit, answers }) => {
  await visit.parlor("open");
  const frame = await visit.frame();
  await frame.waitForSelector(".form");
  await frame.click("text=Start chat");
  assert.equal(await frame.textContent("#name_problem"), "Please fill this in");
  await frame.fill("#name", "Vera");
  await frame.fill("#email", "vera at shop");
  await frame.press("#email", "Enter");
  assert.equal(await frame.textContent("#email_problem"), "This is not an email address");
  await frame.fill("#email", "vera@shop.example");
  await frame.press("#email", "Enter");
  await visit.write("hello");
  const { room } = await answers.next("new_room");
  assert.deepEqual(room.visitor, { name: "Vera", email: "vera@shop.example", verified: false });
  await visit.page.reload();
  await visit.open();
  await visit.shows((rows) => rows.length === 2);
  assert.equal(await (await visit.frame()).isVisible(".form"), false);
}, { settings: { prechat: { name: "required", email: "optional" } } });

widgetTest("a conversation that asha resolved is reopened by writing again", async ({ visit, answers }) => {
  const frame = await visit.open();
  await visit.write("thank you");
  await visit.shows((rows) => rows.length === 2);
  answers.send({ command: "update_room", consumer: await visit.consumer("asha"), status: "resolved" });
  await frame.waitForSelector(".note:text-is('Conversation resolved')");
  await frame.waitForSelector("textarea[placeholder='Write again to reopen']");
  await visit.write("one more thing");
  await visit.shows((rows) => rows.length === 3);
  await frame.waitForSelector("textarea[placeholder='Write a message…']");
});

widgetTest(
  "who comes back sees the conversation, and an answer without opening it",
  async ({ visit, answers, site }) => {
    await visit.open();
    await visit.write("are you there?");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    const consumer = await visit.consumer("asha");
    await visit.page.goto(`${site.address}/another/page`);
    const unread = visit.page.evaluate(() =>
      new Promise((heard) =>
        addEventListener("parlor:unread", (event) => heard((event as CustomEvent).detail))
      )
    );
    answers.write(consumer, "yes");
    assert.deepEqual(await unread, { count: 1 });
    await visit.open();
    await visit.shows((rows) =>
      rows.map(({ text }) => text).join() === "Hi! How can we help?,are you there?,yes"
    );
  },
);

widgetTest(
  "two tabs of vera show the same, and what one writes is sent once",
  async ({ visit, site, parlor }) => {
    const other = await Visit.to(visit.page.context(), site.address);
    await Promise.all([visit.open(), other.open()]);
    await visit.write("from the first tab");
    await other.shows((rows) => rows[1]?.text === "from the first tab");
    await other.write("from the second");
    for (const tab of [visit, other]) {
      const rows = await tab.shows((rows) => rows.length === 3 && rows[2]!.state === "Sent");
      assert.deepEqual(rows.map(({ text }) => text), [
        "Hi! How can we help?",
        "from the first tab",
        "from the second",
      ]);
    }
    const rooms = parlor.lines.filter((line) => line.includes("room_opened")).length;
    assert.ok(rooms <= 1);
    assert.equal(await visit.consumer("asha"), await other.consumer("asha"));
  },
);

widgetTest("over the limit vera is told how long to wait, and everything arrives", async ({ visit }) => {
  const frame = await visit.open();
  for (let i = 1; i <= 8; i++) await visit.parlor("send", `${i}`);
  await frame.waitForSelector("text=/Too many messages at once. Sending goes on in \\d seconds?/");
  const rows = await visit.shows(
    (rows) => rows.length === 9 && rows.every(({ state }) => state !== "Sending"),
    20_000,
  );
  assert.deepEqual(rows.slice(1).map(({ text }) => text), ["1", "2", "3", "4", "5", "6", "7", "8"]);
}, { env: { ...unlimited, LIMIT_MESSAGES_PER_ROOM: "5/5" } });

widgetTest("what is too long is counted, and cannot be sent", async ({ visit }) => {
  const frame = await visit.open();
  await frame.fill("textarea", "é".repeat(3_900));
  await frame.waitForSelector("text='3,900 / 4,000'");
  await frame.fill("textarea", "é".repeat(4_001));
  await frame.waitForSelector("text='Too long: 4,001 of 4,000 characters'");
  await frame.press("textarea", "Enter");
  assert.equal((await visit.rows()).length, 1);
  assert.equal(await frame.inputValue("textarea"), "é".repeat(4_001), "what was typed is kept");
});

widgetTest("a message that is refused says so and can be tried again", async ({ visit }) => {
  const frame = await visit.open();
  // Writes to the page's outbox, as if an earlier version had accepted the message.
  await visit.write("first");
  await visit.shows((rows) => rows[1]?.state === "Sent");
  await visit.parlor("send", "\u0000broken");
  await visit.shows((rows) => rows[2]?.state === "Not sent");
  await frame.click("text=Try again");
  await visit.shows((rows) => rows[2]?.state === "Not sent");
  await visit.write("and on it goes");
  await visit.shows((rows) => rows.some(({ text, state }) => text === "and on it goes" && state === "Sent"));
});

widgetTest(
  "long histories come page by page, and what is read stays in place",
  async ({ visit, answers }) => {
    await visit.open();
    await visit.write("hello");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    const consumer = await visit.consumer("asha");
    for (let i = 1; i <= 130; i++) answers.write(consumer, `line ${i}`);
    await visit.shows((rows) => rows.length === 132);
    await visit.page.reload();
    const frame = await visit.open();
    await visit.shows((rows) => rows.length === 50);
    await frame.$eval(".scroll", (scroll) => scroll.scrollTop = 0);
    await visit.shows((rows) => rows.length === 100);
    const at = await frame.$eval(".scroll", (scroll) => scroll.scrollTop);
    assert.ok(at > 500, `what was in sight stays in sight: ${at}`);
    await frame.$eval(".scroll", (scroll) => scroll.scrollTop = 0);
    await visit.shows((rows) => rows.length === 132);
    answers.write(consumer, "and a new one");
    await frame.waitForSelector(".jump:has-text('1 new message')");
    await frame.click(".jump");
    await frame.waitForSelector(".jump", { state: "hidden" });
  },
);

widgetTest(
  "a draft that grows leaves the newest message in sight, and outlives a reload",
  async ({ visit, answers }) => {
    const frame = await visit.open();
    await visit.write("hello");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    const consumer = await visit.consumer("asha");
    for (let i = 1; i <= 20; i++) answers.write(consumer, `line ${i}`);
    await visit.shows((rows) => rows.length === 22);
    await frame.fill("textarea", "one\ntwo\nthree\nfour\nfive");
    await frame.waitForFunction(() => {
      const { scrollHeight, scrollTop, clientHeight } = document.querySelector(".scroll")!;
      return document.querySelector("textarea")!.clientHeight > 100 &&
        scrollHeight - scrollTop - clientHeight < 2;
    });
    await visit.page.waitForFunction(() => localStorage.getItem("parlor:asha:draft")?.endsWith("five"));
    await visit.page.reload();
    assert.equal(await (await visit.open()).inputValue("textarea"), "one\ntwo\nthree\nfour\nfive");
  },
);

widgetTest("each day of a conversation has its name over it", async ({ parlor, visit, answers }) => {
  const { chat } = parlor.running.service;
  const today = Date.now(), dayMs = 86_400_000;
  await visit.open();
  chat.now = () => today - 400 * dayMs;
  await visit.write("hello");
  await visit.shows((rows) => rows[1]?.state === "Sent");
  const consumer = await visit.consumer("asha");
  for (const days of [-3, -1, 0]) {
    chat.now = () => today + days * dayMs;
    answers.write(consumer, `${days}`);
    await visit.shows((rows) => rows.at(-1)?.text === `${days}`);
  }
  const frame = await visit.frame();
  const shown = await frame.$$eval(
    ".day, .row .bubble",
    (all) => all.map((one) => one.classList.contains("day") ? one.textContent : "·"),
  );
  const named = (days: number, form: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", form).format(today + days * dayMs);
  const long = named(-400, { day: "numeric", month: "long", year: "numeric" });
  const weekday = named(-3, { weekday: "long" });
  assert.deepEqual(shown, [long, "·", "·", weekday, "·", "Yesterday", "·", "Today", "·"]);
});

widgetTest("emoji come from the panel itself, by mouse and by keys", async ({ visit }) => {
  const frame = await visit.open();
  await frame.click("button[aria-label=Emoji]");
  await frame.press(".emojis button >> nth=0", "ArrowRight");
  await visit.page.keyboard.press("ArrowDown");
  await visit.page.keyboard.press("Enter");
  assert.equal(await frame.inputValue("textarea"), "😍");
  assert.equal(await frame.evaluate(() => document.activeElement?.tagName), "TEXTAREA");
  await frame.click("button[aria-label=Emoji]");
  await visit.page.keyboard.press("Escape");
  assert.equal(await frame.isVisible(".emojis"), false);
  assert.ok(await frame.isVisible("textarea"), "the first Escape closes the picker alone");
});

widgetTest("sound is off until it is asked for, and stays as it was set", async ({ visit }) => {
  const frame = await visit.open();
  assert.equal(await frame.getAttribute("[aria-label=Sound]", "aria-pressed"), "false");
  await frame.click("[aria-label=Sound]");
  await visit.page.waitForFunction(() => localStorage.getItem("parlor:asha:sound") === "on");
  await visit.page.reload();
  await visit.open();
  assert.equal(await (await visit.frame()).getAttribute("[aria-label=Sound]", "aria-pressed"), "true");
});

widgetTest(
  "what asha changes is shown where it stands: her greeting, and the form that is being filled in",
  async ({ visit, parlor, asha }) => {
    const set = (patch: Record<string, unknown>) =>
      parlor.post("/chatbot/api", patch, { cookie: asha.cookie });
    await visit.page.waitForFunction(() => "parlor" in globalThis);
    await visit.parlor("open");
    const frame = await visit.frame();
    await frame.fill("#name", "Vera");
    await set({ greeting: "Back on Monday" });
    await visit.shows((rows) => rows[0]?.text === "Back on Monday");
    await set({ prechat: { name: "required", email: "required" } });
    await frame.waitForSelector("#email");
    assert.equal(await frame.inputValue("#name"), "Vera");
    assert.ok(await frame.$("#name:focus"), "and one goes on where one was");
    await set({ locale: "de" });
    await frame.waitForSelector("html[lang=de] #name:focus");
    assert.equal(await frame.inputValue("#name"), "Vera");
  },
  { settings: { prechat: { name: "required" } } },
);

widgetTest("the day over a first message that waits stays the row it is", async ({ visit }) => {
  const frame = await visit.open();
  await visit.page.context().setOffline(true);
  await visit.write("hello");
  const day = await frame.waitForSelector(".day");
  for (const letter of ["a", "b", "c"]) {
    await frame.press("textarea", letter);
    await frame.waitForFunction(
      (letter) => document.querySelector("textarea")!.value.endsWith(letter),
      letter,
    );
    await visit.page.waitForTimeout(50); // renders again
  }
  assert.equal(await day.evaluate((row) => row.isConnected), true);
  await visit.page.context().setOffline(false);
});

widgetTest(
  "while vera writes several lines the answer she reads stays in sight, and what arrives is seen",
  async (on) => {
    const { visit, answers } = on;
    await visit.open();
    for (let n = 1; n <= 12; n++) await visit.write(`line ${n}`);
    await visit.shows((rows) => rows.length === 13);
    const consumer = await visit.consumer("asha");
    const frame = await visit.frame();
    const isSeen = (text: string) =>
      frame.waitForFunction((text) => {
        const one = [...document.querySelectorAll(".bubble")].findLast((b) => b.textContent!.includes(text));
        const at = one?.getBoundingClientRect(),
          box = document.querySelector(".scroll")!.getBoundingClientRect();
        return at !== undefined && at.top >= box.top - 1 && at.bottom <= box.bottom + 1;
      }, text);
    answers.write(consumer, "which colour?");
    await isSeen("which colour?");
    await frame.click("textarea");
    for (let line = 1; line <= 4; line++) {
      await visit.page.keyboard.type(`row ${line}`);
      await visit.page.keyboard.press("Shift+Enter");
      await isSeen("which colour?");
    }
    answers.write(consumer, "and how many?");
    await isSeen("and how many?");
    assert.equal(await frame.isVisible(".jump"), false);
    await visit.page.keyboard.type("the end");
    await visit.page.keyboard.press("Enter");
    await isSeen("the end");
  },
);
