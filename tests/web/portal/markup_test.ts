import assert from "node:assert/strict";
import { watch } from "../widget/harm.ts";
import { payloads } from "../widget/payloads.ts";
import { portalTest } from "./fixture.ts";

const consumers = payloads.map(() => crypto.randomUUID());

portalTest(
  `${payloads.length} payloads as a visitor's name, words, page, referrer and attributes are shown as typed, and run nowhere`,
  async ({ driver, context, parlor }) => {
    const harm = await watch(context, [parlor.address]);
    const { page } = driver;
    for (const [i, consumer] of consumers.entries()) {
      const payload = payloads[i]!;
      await page.goto(`${parlor.address}/messages/to/${consumer}`);
      await driver.shows((rows) => rows[0]?.text === payload);
      await page.waitForSelector(".panel .fact dt bdi");
      const [name, key, value] = await page.$$eval(
        ".panel-name, .panel section.facts dt, .panel section.facts dd",
        (all) => all.map(({ textContent }) => textContent!.trim()),
      );
      assert.deepEqual(
        [name, key, value],
        [payload.slice(0, 100), payload.slice(0, 64), payload].map((text) => text.trim()),
      );
      const links = await page.$$eval("a[href]", (all) => all.map((a) => (a as HTMLAnchorElement).protocol));
      assert.deepEqual(links.filter((protocol) => !/^https?:$/.test(protocol)), []);
    }
    // The list renders visible rows only.
    const newest = payloads.slice(-8).map((text) => text.trim()).reverse();
    await driver.lists((rooms) =>
      newest.every((text, i) => rooms[i]?.name.trim() === text && rooms[i]?.last.trim() === text)
    );
    assert.deepEqual(await harm(), []);
  },
  {
    async before({ parlor, asha }) {
      for (const [i, consumer] of consumers.entries()) {
        const payload = payloads[i]!;
        const { token } = await parlor.visit(asha, {
          consumer,
          name: payload.slice(0, 100),
          page: { url: payload, referrer: payload },
          attributes: { [payload.slice(0, 64)]: payload },
        });
        const chat = await parlor.chat(asha, consumer, token);
        await chat.say(payload);
        chat.close();
      }
    },
  },
);
