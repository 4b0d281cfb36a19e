import assert from "node:assert/strict";
import { browserTest } from "../../../harness/browser.ts";
import { ServiceProcess } from "../../../harness/service_process.ts";
import { taskArguments } from "../../../harness/task.ts";
import { openWidgetAndPortal } from "../../widget_and_portal.ts";
import { Cutter, targetOf } from "../../cutter.ts";
import { embedLine, Site } from "../site.ts";
import { unlimited } from "../visit.ts";

/** Runs `deno task backup` or `restore` on the database in a folder. */
async function operate(name: "backup" | "restore", folder: string, copy: string): Promise<void> {
  const args = await taskArguments(name);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...args, copy],
    cwd: new URL("../../../..", import.meta.url),
    env: { DATABASE_URL: `sqlite:${folder}/parlor.db` },
  }).output();
  assert.ok(success, `${name} went through`);
}

browserTest(
  "after a restore widget and portal show what the backup holds, and marks go on from there",
  async () => {
    const folder = await Deno.makeTempDir({ prefix: "parlor-" });
    await Deno.mkdir(`${folder}/new`);
    const env = { ...unlimited, PARLOR_SECRET: crypto.randomUUID() };
    await using service = await new ServiceProcess(folder, env).start();
    await using restored = new ServiceProcess(`${folder}/new`, env);
    let address = service.address;
    await using cutter = new Cutter(() => targetOf(address));
    await using site = new Site(embedLine(cutter, "asha"));
    try {
      await using webApps = await openWidgetAndPortal(cutter.address, site.address, "before the backup");
      const { driver, visit } = webApps;
      await visit.shows((rows) => rows.at(-1)?.state === "Read");
      await operate("backup", folder, `${folder}/copy.db`);
      for (let n = 1; n <= 5; n++) await visit.write(`lost ${n}`);
      await visit.shows((rows) => rows.at(-1)?.text === "lost 5" && rows.at(-1)?.state === "Read");
      await driver.page.keyboard.press("Escape");
      await driver.lists((rooms) => rooms[0]?.last === "lost 5");

      await service.end("SIGTERM");
      await operate("restore", `${folder}/new`, `${folder}/copy.db`);
      address = (await restored.start()).address;
      await visit.shows((rows) => rows.at(-1)?.text === "before the backup", 30_000);
      // A restore ends all sessions, since it could revive some that were ended after the backup.
      await driver.page.waitForSelector("text=You were signed out", { timeout: 30_000 });
      await driver.enter("asha");
      await driver.lists((rooms) => rooms[0]?.last === "before the backup");
      await driver.countsAre({ open: 1, unread: 0, all: 1 });

      await visit.write("after the restore");
      await visit.shows((rows) => rows.at(-1)?.text === "after the restore" && rows.at(-1)?.state === "Sent");
      await driver.lists((rooms) => rooms[0]?.last === "after the restore" && rooms[0].unread === 1);
      await driver.countsAre({ unread: 1 });
      await driver.open("after the restore");
      await visit.shows((rows) => rows.at(-1)?.state === "Read");
      await driver.countsAre({ unread: 0 });
      assert.deepEqual([driver.errors, visit.errors], [[], []]);
    } finally {
      for (const one of [service, restored]) await one[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    }
  },
);
