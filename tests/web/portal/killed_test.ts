import assert from "node:assert/strict";
import { browserTest } from "../../harness/browser.ts";
import { ServiceProcess } from "../../harness/service_process.ts";
import { openWidgetAndPortal } from "../widget_and_portal.ts";
import { Cutter, targetOf } from "../cutter.ts";
import { embedLine, Site } from "../widget/site.ts";
import { unlimited } from "../widget/visit.ts";

const kills = 3, each = 8;

browserTest(
  `while the service is killed and started ${kills} times, nothing of asha's or vera's is lost, doubled or out of order, and both are told`,
  async () => {
    const folder = await Deno.makeTempDir({ prefix: "parlor-" });
    await using service = await new ServiceProcess(folder, unlimited).start();
    await using cutter = new Cutter(() => targetOf(service.address));
    await using site = new Site(embedLine(cutter, "asha"));
    try {
      await using webApps = await openWidgetAndPortal(cutter.address, site.address, "vera 0");
      const { driver, visit } = webApps;
      await driver.write("asha 0");
      await visit.shows((rows) => rows.some(({ text }) => text === "asha 0"));

      for (let kill = 0; kill < kills; kill++) {
        for (let n = 1; n <= each; n++) {
          await Promise.all([
            driver.write(`asha ${kill * each + n}`),
            visit.write(`vera ${kill * each + n}`),
          ]);
          if (n === each / 2) await service.end("SIGKILL");
        }
        const frame = await visit.frame();
        await driver.page.waitForSelector(".thread .cut-line >> text=Reconnecting…");
        await frame.waitForSelector("text=Reconnecting…");
        await driver.page.waitForSelector(".thread-head .resolve[aria-disabled=true]");
        await driver.shows((rows) => rows.some(({ state }) => state === "Sending"));
        await service.start();
        await driver.page.waitForSelector(".thread .cut-line", { state: "detached", timeout: 30_000 });
        await driver.page.waitForSelector(".thread-head .resolve:not([aria-disabled])");
      }
      const all = 2 * (1 + kills * each);
      const isDone = (rows: { state: string }[]) => rows.every(({ state }) => state !== "Sending");
      const seen = await driver.shows((rows) => rows.length === all && isDone(rows), 30_000);
      const shown = await visit.shows((rows) => rows.length === all + 1 && isDone(rows), 30_000);
      const texts = seen.map(({ text }) => text);
      assert.deepEqual(shown.slice(1).map(({ text }) => text), texts, "both see the same");
      for (const name of ["asha", "vera"]) {
        const own = texts.filter((text) => text.startsWith(`${name} `));
        assert.deepEqual(own, Array.from({ length: 1 + kills * each }, (_, n) => `${name} ${n}`));
      }
      await driver.countsAre({ open: 1, unread: 0, all: 1 });
      assert.deepEqual([driver.errors, visit.errors], [[], []]);
    } finally {
      await service.end("SIGKILL");
      await Deno.remove(folder, { recursive: true });
    }
  },
);
