import assert from "node:assert/strict";
import { portalTest, someone } from "./scene.ts";

const long = "Boa noite, a fatura do pedido tem o nome errado. Podem corrigi-la e mandar outra vez?";

portalTest(
  "in a list from right to left, what is written from left to right is seen from its beginning",
  async ({ desk, say }) => {
    const { page } = desk;
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
    await desk.lists((rooms) => rooms[0]?.last === long);
    assert.equal(await page.getAttribute("html", "dir"), "rtl");
    assert.equal(await isSeen(), true);
    await desk.open(long);
    await desk.write(`${long} ${long}`);
    await desk.lists((rooms) => rooms[0]!.last.startsWith("أنت: "));
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
