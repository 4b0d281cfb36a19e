import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { type PortalFixture, portalTest, someone } from "../fixture.ts";

/** Simulates the window going to the background or returning to the front. */
function look(page: Page, isLooked: boolean): Promise<void> {
  return page.evaluate((isLooked) => {
    Object.defineProperty(document, "hasFocus", { configurable: true, value: () => isLooked });
    dispatchEvent(new Event(isLooked ? "focus" : "blur"));
  }, isLooked);
}

/** Stores messages in a room, without sockets. */
async function fill(
  { parlor }: Pick<PortalFixture, "parlor">,
  consumer: string,
  count: number,
): Promise<void> {
  const { store } = parlor.running.service.chat;
  const at = Date.now() - count * 60_000;
  const texts = Array.from({ length: count }, (_, i) => ({
    ...{ admin: "asha", consumer, kind: "text", content: `line ${i + 1}`, at: at + i * 60_000 } as const,
    side: i % 3 ? "visitor" as const : "admin" as const,
  }));
  await Promise.all(texts.map((text) => store.appendMessage(text)));
}

const vera = someone(), victor = someone();

portalTest("rooms stand by their latest activity, and counts on the tabs follow", async ({ driver, say }) => {
  assert.equal(await driver.page.textContent(".start h1"), "Welcome, asha");
  await say(vera, "I am Vera");
  await driver.lists(([first]) => first?.last === "I am Vera" && first.unread === 1);
  await say(victor, "I am Victor");
  await driver.lists((rooms) => rooms.map(({ last }) => last).join() === "I am Victor,I am Vera");
  await say(vera, "and I again");
  const [first] = await driver.lists((rooms) => rooms[0]?.last === "and I again");
  assert.match(first!.name, /^Visitor [0-9a-f]{4}$/);
  assert.deepEqual([first!.unread, first!.online], [2, true]);
  await driver.countsAre({ open: 2, unread: 2, resolved: 0, all: 2 });
  assert.match(await driver.page.title(), /^\(2\) /);
  assert.match(await driver.page.getAttribute("link[rel=icon]", "href") ?? "", /^data:image\/svg/);
  await driver.open("and I again");
  await driver.countsAre({ unread: 1 });
  await driver.tab("unread");
  const left = await driver.lists((rooms) => rooms.length === 2);
  assert.deepEqual(left.map(({ unread }) => unread), [0, 1], "the room that is open stays where it was");
  await driver.page.keyboard.press("e");
  await driver.countsAre({ open: 1, resolved: 1 });
  await driver.tab("resolved");
  await driver.lists((rooms) => rooms.length === 1 && rooms[0]!.last === "Resolved");
  await driver.open("Resolved");
  await say(vera, "one more thing");
  await driver.countsAre({ open: 2, resolved: 0 });
  await driver.tab("open");
  await driver.lists((rooms) => rooms.length === 2 && rooms[0]!.last === "one more thing");
});

portalTest(
  "a thread is read when somebody looks at it, not when it is merely open",
  async ({ driver, say }) => {
    await say(vera, "first");
    await driver.open("first");
    await driver.countsAre({ unread: 0 });
    await look(driver.page, false);
    await say(vera, "while she is away");
    await driver.shows((rows) => rows.length === 2);
    await driver.countsAre({ unread: 1 });
    await driver.page.waitForTimeout(300);
    await driver.countsAre({ unread: 1 });
    await look(driver.page, true);
    await driver.countsAre({ unread: 0 });
  },
);

portalTest(
  "scrolled up, what comes is counted and unread until one goes there",
  async ({ driver, say }) => {
    await driver.open("line 200");
    await driver.shows((rows) => rows.at(-1)?.text === "line 200");
    await driver.countsAre({ unread: 0 });
    await driver.page.hover(".thread-scroll");
    await driver.page.mouse.wheel(0, -1_500);
    await driver.page.waitForSelector(".jump");
    for (const text of ["one", "two", "three"]) await say(vera, text);
    await driver.until(() => driver.page.textContent(".jump"), (text) => text === "3 new messages");
    await driver.countsAre({ unread: 1 });
    await driver.page.click(".jump");
    await driver.page.waitForSelector(".jump", { state: "detached" });
    await driver.countsAre({ unread: 0 });
    assert.equal((await driver.texts()).at(-1), "three");
  },
  { before: (fixture) => fill(fixture, vera, 200) },
);

portalTest(
  "a long history is read backwards page by page, and what one reads stays where it stands",
  async ({ driver }) => {
    await driver.open("line 600");
    await driver.shows((rows) => rows.length === 50);
    const { page } = driver;
    const places = await page.evaluate(async () => {
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      document.querySelector(".thread-scroll")!.scrollTop = 500;
      await frame();
      // Rows that are not rendered have an estimated position only.
      const inSight = (one: Element) =>
        one.getBoundingClientRect().top > 250 && one.checkVisibility({ contentVisibilityAuto: true });
      const bubble = [...document.querySelectorAll(".bubble")].find(inSight)!;
      const places: number[] = [];
      for (let i = 0; i < 60 || document.querySelectorAll(".bubble").length < 100; i++) {
        places.push(bubble.getBoundingClientRect().top);
        await frame();
      }
      return places;
    });
    const moved = Math.max(...places) - Math.min(...places);
    assert.ok(moved < 3, `what is read moves by ${moved} px: ${places}`);
    await page.hover(".thread-scroll");
    for (let i = 0; i < 60 && (await driver.rows()).length < 600; i++) {
      await page.mouse.wheel(0, -3_000);
      await page.waitForTimeout(40);
    }
    const texts = await driver.texts();
    assert.deepEqual(texts, Array.from({ length: 600 }, (_, i) => `line ${i + 1}`));
  },
  { before: (fixture) => fill(fixture, vera, 600) },
);

portalTest(
  "a thousand rooms are listed to the last, and only those in sight are drawn",
  async ({ driver }) => {
    await driver.countsAre({ all: 1_000 });
    const { page } = driver;
    const seen = new Set<string>();
    for (let i = 0; i < 400 && seen.size < 1_000; i++) {
      const rooms = await driver.rooms();
      assert.ok(rooms.length < 40, `${rooms.length} rows are drawn`);
      for (const { last } of rooms) seen.add(last);
      // Waits for rendering before it measures and scrolls again.
      await page.evaluate(async () => {
        document.querySelector(".room-scroll")!.scrollBy(0, 600);
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      });
    }
    assert.equal(seen.size, 1_000);
    assert.ok(await page.$eval(".tabs", (tabs) => tabs.scrollWidth <= tabs.clientWidth), "no tab is cut off");
    await page.keyboard.press("k");
    await driver.tab("resolved");
    await page.waitForSelector("text=Nothing resolved yet");
  },
  {
    before: async ({ parlor }) => {
      const { store } = parlor.running.service.chat;
      const texts = Array.from({ length: 1_000 }, (_, i) => ({
        ...{ admin: "asha", consumer: `visitor-${i}`, side: "visitor", kind: "text" } as const,
        ...{ content: `from ${i}`, at: 1e12 + i },
      }));
      await Promise.all(texts.map((text) => store.appendMessage(text)));
    },
  },
);

portalTest(
  "a room that was beyond the list so far comes to its top with all that is unread in it",
  async ({ driver, say }) => {
    await driver.lists((rooms) => rooms[0]?.last === "line 1");
    await say(vera, "line 4");
    const [first] = await driver.lists((rooms) => rooms[0]?.last === "line 4" && rooms[0].unread > 1);
    assert.equal(first!.unread, 4);
    await driver.countsAre({ all: 121, unread: 121 });
  },
  {
    before: async ({ parlor }) => {
      const { store } = parlor.running.service.chat;
      const text = { admin: "asha", side: "visitor", kind: "text" } as const;
      for (let i = 1; i <= 3; i++) {
        await store.appendMessage({ ...text, consumer: vera, content: `line ${i}`, at: 1e12 + i });
      }
      const others = Array.from(
        { length: 120 },
        (_, i) =>
          store.appendMessage({ ...text, consumer: `visitor-${i}`, content: "line 1", at: 1.1e12 + i }),
      );
      await Promise.all(others);
    },
  },
);

portalTest("drafts are each room's own and outlive a reload", async ({ driver, say }) => {
  await say(vera, "I am Vera");
  await say(victor, "I am Victor");
  const { page } = driver;
  await driver.open("I am Vera");
  await page.fill(".composer textarea", "Dear Vera,\nthank you");
  await driver.open("I am Victor");
  assert.equal(await page.inputValue(".composer textarea"), "");
  await page.fill(".composer textarea", "Dear Victor");
  await page.reload();
  await page.waitForSelector(".composer textarea");
  assert.equal(await page.inputValue(".composer textarea"), "Dear Victor");
  await driver.open("I am Vera");
  assert.equal(await page.inputValue(".composer textarea"), "Dear Vera,\nthank you");
  await page.press(".composer textarea", "Enter");
  await driver.shows((rows) => rows.at(-1)?.text === "Dear Vera,\nthank you");
  await page.reload();
  await page.waitForSelector(".composer textarea");
  assert.equal(await page.inputValue(".composer textarea"), "");
});

portalTest(
  "many lines can be pasted, a file cannot and that is said, what is too long is not sent",
  async ({ driver, say }) => {
    await say(vera, "hello");
    await driver.open("hello");
    const { page } = driver;
    const transfer = (type: "paste" | "drop", withFile: boolean, onto = ".composer textarea") =>
      page.$eval(onto, (input, [type, withFile]) => {
        const data = new DataTransfer();
        if (withFile) data.items.add(new File(["x"], "cat.png", { type: "image/png" }));
        const event = type === "paste"
          ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
        return !input.dispatchEvent(event);
      }, [type, withFile] as const);
    const many = Array.from({ length: 30 }, (_, i) => `line ${i}`).join("\n");
    await page.focus(".composer textarea");
    await page.keyboard.insertText(many);
    const { height, line } = await page.$eval(".composer textarea", (input) => ({
      height: input.clientHeight,
      line: parseFloat(getComputedStyle(input).lineHeight),
    }));
    assert.ok(height > line * 7.5 && height < line * 9.5, `grows to eight lines: ${height / line}`);
    for (const type of ["drop", "paste"] as const) {
      assert.equal(await transfer(type, true), true);
      await page.waitForSelector("text=Files cannot be sent here");
      await page.press(".composer textarea", "End");
      await page.keyboard.type(".");
      await page.waitForSelector("text=Files cannot be sent here", { state: "detached" });
    }
    assert.equal(
      await transfer("drop", true, ".room-scroll"),
      true,
      "beside the input it is not opened either",
    );
    await page.waitForSelector("text=Files cannot be sent here");
    assert.equal(await transfer("drop", false), false, "a text that is dragged into it is let in");
    await page.fill(".composer textarea", "😀".repeat(4_001));
    await page.waitForSelector("text=Too long: 4,001 of 4,000 characters");
    await page.press(".composer textarea", "Enter");
    assert.equal((await driver.rows()).length, 1);
    await page.fill(".composer textarea", many);
    await page.press(".composer textarea", "Enter");
    await driver.shows((rows) => rows[1]?.text === many && rows[1].state === "Sent");
  },
);

portalTest(
  "cells of a table are pasted, and a file let go anywhere does not open in place of the portal",
  async ({ driver, say, parlor }) => {
    const { page } = driver;
    const isHeld = (type: "paste" | "drop", onto: string, kinds: ("file" | "text" | "link")[]) =>
      page.$eval(onto, (element, { type, kinds }) => {
        const data = new DataTransfer();
        if (kinds.includes("file")) data.items.add(new File(["x"], "cat.png", { type: "image/png" }));
        if (kinds.includes("text")) data.setData("text/plain", "7\t8");
        if (kinds.includes("link")) data.setData("text/uri-list", "https://shop.example/");
        const init = { bubbles: true, cancelable: true };
        return !element.dispatchEvent(
          type === "paste"
            ? new ClipboardEvent(type, { ...init, clipboardData: data })
            : new DragEvent(type, { ...init, dataTransfer: data }),
        );
      }, { type, kinds });
    await say(vera, "hello");
    await driver.open("hello");
    assert.equal(await isHeld("paste", ".composer textarea", ["file", "text"]), false);
    assert.equal(await isHeld("drop", ".thread-inner", ["link"]), true);
    assert.equal(await isHeld("drop", ".composer textarea", ["link"]), false);
    await page.goto(`${parlor.address}/messages/settings/chatbot`);
    await page.waitForSelector("#set-title");
    assert.equal(await isHeld("drop", "main", ["file"]), true);
    assert.equal(await isHeld("drop", "#set-title", ["text"]), false);
  },
);

portalTest(
  "a search opens the thread at what it found, and from there one comes to the newest",
  async ({ driver, say }) => {
    const { page } = driver;
    await page.keyboard.press("/");
    await page.waitForSelector(".search-box input");
    await page.keyboard.type('"line 77"');
    await page.waitForSelector("mark");
    assert.equal(await page.textContent("mark"), "line 77");
    await page.keyboard.press("Tab");
    await page.click(".hit");
    await page.waitForSelector(".row.found");
    assert.equal(await page.textContent(".row.found .bubble").then((text) => text!.slice(0, 7)), "line 77");
    const inSight = await page.$eval(".row.found", (row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top > 0 && bottom < innerHeight;
    });
    assert.ok(inSight);
    const texts = await driver.texts();
    assert.deepEqual(texts, texts.map((_, i) => `line ${Number(texts[0]!.slice(5)) + i}`), "without a gap");
    await say(vera, "the newest");
    await driver.until(() => page.textContent(".jump"), (text) => /new messages/.test(text ?? ""));
    await page.click(".jump");
    await driver.shows((rows) => rows.at(-1)?.text === "the newest");
    await page.goBack();
    await page.waitForSelector(".search-box input");
  },
  { before: (fixture) => fill(fixture, vera, 400) },
);

portalTest(
  "a scroll that is told when its list and thread have been left does no harm",
  async ({ driver, say }) => {
    await say(vera, "hello");
    await driver.open("hello");
    const scrollers = await driver.page.$$(".thread-scroll, .room-scroll");
    assert.equal(scrollers.length, 2);
    await driver.page.getByRole("button", { name: "Menu" }).click();
    await driver.page.getByRole("link", { name: "Settings" }).click();
    for (const scroller of scrollers) {
      await scroller.waitForElementState("hidden");
      assert.ok(await scroller.evaluate((element) => !element.isConnected));
      await scroller.evaluate((element) => element.dispatchEvent(new Event("scroll")));
    }
  },
);

portalTest("two portals of asha's stay in step", async ({ driver, say, context, parlor, asha }) => {
  await say(vera, "one");
  await say(victor, "two");
  const { PortalDriver } = await import("../portal_driver.ts");
  const other = await PortalDriver.of(context, parlor.address, asha);
  await look(other.page, false);
  await driver.countsAre({ open: 2, unread: 2 });
  await driver.open("one");
  await other.countsAre({ unread: 1 });
  await other.lists((rooms) => rooms.find(({ last }) => last === "one")?.unread === 0);
  await driver.write("from the first portal");
  await other.open("from the first portal");
  await other.shows((rows) => rows.at(-1)?.text === "from the first portal" && rows.at(-1)?.side === "own");
  await other.page.fill(".composer textarea", "a draft at the second");
  await driver.open("two");
  assert.equal(await driver.page.inputValue(".composer textarea"), "");
  await other.page.getByRole("button", { name: "Resolve" }).click();
  await driver.countsAre({ open: 1, resolved: 1 });
  await driver.open("two");
  await driver.write("and to Victor");
  await other.lists((rooms) => rooms.some(({ last }) => last === "You: and to Victor"));
  assert.equal(await other.page.inputValue(".composer textarea"), "a draft at the second");
  assert.deepEqual(other.errors, []);
});

portalTest(
  "a visitor is blocked, let in again, and deleted, from the panel",
  async ({ driver, say, parlor, asha }) => {
    await say(vera, "hello");
    await say(victor, "good morning");
    const { page } = driver;
    await driver.open("hello");
    const chat = await parlor.chat(asha, vera);
    await page.getByRole("button", { name: "Block visitor" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Block visitor" }).click();
    assert.equal(await chat.closed(), 4403);
    await page.waitForSelector(".thread-who >> text=Blocked");
    await page.getByRole("button", { name: "Unblock visitor" }).click();
    await page.waitForSelector(".thread-who >> text=Offline");
    await page.getByRole("button", { name: "Delete visitor" }).click();
    await page.getByRole("button", { name: "Delete for good" }).click();
    await page.waitForSelector("text=No conversation selected");
    await driver.lists((rooms) => rooms.length === 1 && rooms[0]!.last === "good morning");
    await driver.countsAre({ all: 1 });
  },
);

portalTest(
  "what a visitor's browser said stands in the panel, names by who vouches for them",
  async ({ driver, parlor, asha, say }) => {
    const page = { url: "https://tea.example/oolong?size=1", referrer: "https://search.example/" };
    const asked = {
      page,
      locale: "hi-IN",
      time_zone: "Asia/Kolkata",
      name: "Vera",
      email: "vera@example.com",
    };
    const { consumer, token } = await parlor.visit(asha, asked);
    await (await parlor.chat(asha, consumer, token)).say("namaste");
    await say(victor, "good morning");
    await driver.open("namaste");
    const panel = driver.page.locator("#visitor-panel");
    await panel.getByText("tea.example/oolong", { exact: true }).waitFor();
    for (
      const text of ["Vera", "vera@example.com", "Not verified", "Hindi", "Asia/Kolkata", "search.example"]
    ) {
      assert.ok((await panel.textContent())!.includes(text), text);
    }
    assert.equal(await driver.page.textContent(".thread-who h1"), "Vera");
  },
);

portalTest(
  "signed out elsewhere, the portal says so, and what was written is there after signing in",
  async ({ driver, say, parlor, asha }) => {
    await say(vera, "hello");
    await driver.open("hello");
    await driver.page.fill(".composer textarea", "half a sent");
    await parlor.post("/accounts/api/logout", { everywhere: true }, { cookie: asha.cookie });
    await driver.page.waitForSelector("text=You were signed out");
    await driver.enter("asha");
    await driver.page.waitForSelector(".composer textarea");
    assert.equal(await driver.page.inputValue(".composer textarea"), "half a sent");
  },
);

portalTest(
  "a fault in the thread leaves the list standing and keeps what is being written",
  async ({ driver, say }) => {
    await say(vera, "hello");
    await driver.open("hello");
    await driver.page.fill(".composer textarea", "half a sent");
    await driver.page.evaluate(() => {
      String.prototype.matchAll = () => {
        throw new Error("a fault");
      };
    });
    await say(vera, "another");
    await driver.page.waitForSelector("text=Something went wrong here");
    await say(victor, "good morning");
    await driver.lists((rooms) => rooms[0]?.last === "good morning");
    await driver.page.getByRole("button", { name: "Reload" }).click();
    await driver.page.waitForSelector(".composer textarea");
    assert.equal(await driver.page.inputValue(".composer textarea"), "half a sent");
    driver.errors.length = 0;
  },
);
