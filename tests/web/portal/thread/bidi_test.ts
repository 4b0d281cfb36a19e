import assert from "node:assert/strict";
import { portalTest, someone } from "../fixture.ts";

const long = "Boa noite, a fatura do pedido tem o nome errado. Podem corrigi-la e mandar outra vez?";

portalTest(
  "in a list from right to left, what is written from left to right is seen from its beginning",
  async ({ driver, say }) => {
    const { page } = driver;
    const vera = someone();
    await say(vera, long);
    const isSeen = () =>
      page.$eval(".room-last", (line) => {
        const text = [...line.querySelectorAll("bdi")].at(-1)!.firstChild!;
        const range = document.createRange();
        range.setStart(text, 0);
        range.setEnd(text, 3);
        const [first, room] = [range.getBoundingClientRect(), line.getBoundingClientRect()];
        return first.width > 0 && first.left >= room.left - 1 && first.right <= room.right + 1;
      });
    await driver.lists((rooms) => rooms[0]?.last === long);
    assert.equal(await page.getAttribute("html", "dir"), "rtl");
    assert.equal(await isSeen(), true);
    await driver.open(long);
    await driver.write(`${long} ${long}`);
    await driver.lists((rooms) => rooms[0]!.last.startsWith("أنت: "));
    assert.equal(await isSeen(), true);
    assert.match(
      await page.getAttribute(".composer textarea", "placeholder") ?? "",
      /^اكتب إلى \u2068زائر [0-9a-f]{4}\u2069$/,
    );
    assert.equal(
      await page.$eval(".composer textarea", (input) => getComputedStyle(input).direction),
      "rtl",
    );
  },
  { browser: { locale: "ar" } },
);

/** Ends in neutral characters: only an isolated run keeps them in their place. */
const own = "Is the lamp (tall)?";

portalTest(
  "from right to left, one's own words from left to right stand in a run of their own after “you”",
  async ({ driver, say }) => {
    const { page } = driver;
    await say(someone(), "مرحبا");
    await driver.open("مرحبا");
    await driver.write(own);
    await driver.lists((rooms) => rooms[0]!.last === `أنت: ${own}`);
    /** Positions of the preceding words, the first letter and the last one as rendered. */
    const places = (line: string) =>
      page.$eval(line, (line) => {
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        const letters: DOMRect[] = [];
        for (let text = walker.nextNode(); text; text = walker.nextNode()) {
          for (let i = 0; i < text.textContent!.length; i++) {
            const range = document.createRange();
            range.setStart(text, i);
            range.setEnd(text, i + 1);
            letters.push(range.getBoundingClientRect());
          }
        }
        const [before, first, last] = [letters[0]!, letters["أنت: ".length]!, letters.at(-1)!];
        return { before: before.left, first: [first.left, first.top], last: [last.left, last.top] };
      });
    const stands = async (line: string) => {
      const { before, first, last } = await places(line);
      assert.equal(first[1], last[1], "all of it is in one line");
      assert.ok(last[0]! > first[0]!, `${line}: its last letter is right of its first one`);
      assert.ok(before > last[0]!, `${line}: “you” is right of them all`);
    };
    await stands(".room-last");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.fill(".search-box input", "lamp");
    await page.waitForSelector("mark");
    await stands(".hit-said");
  },
  { browser: { locale: "ar" } },
);
