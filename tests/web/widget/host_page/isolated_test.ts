import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { embedLine, Site } from "../site.ts";
import { unlimited, Visit } from "../visit.ts";

for (const embedder of ["require-corp", "credentialless"]) {
  browserTest(
    `on a site that isolates itself with ${embedder} the chat opens, with a picture or without`,
    async () => {
      await using parlor = await Parlor.start(unlimited);
      const asha = await parlor.signUp("asha");
      await using site = new Site(embedLine(parlor, "asha"), {
        "cross-origin-embedder-policy": embedder,
        "cross-origin-opener-policy": "same-origin",
      });
      const elsewhere = site.address.replace("127.0.0.1", "shop.localhost");
      for (const avatar_url of ["", "https://pictures.example/asha.png"]) {
        await parlor.post("/chatbot/api", { avatar_url }, { cookie: asha.cookie });
        const context = await browse();
        try {
          await context.route("https://pictures.example/**", (route) =>
            route.fulfill({
              contentType: "image/svg+xml",
              body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
            }));
          const visit = await Visit.to(context, elsewhere);
          assert.equal(
            await visit.page.evaluate(() => crossOriginIsolated),
            true,
            "the page is isolated",
          );
          await visit.open();
          await visit.write("from an isolated page");
          await visit.shows((rows) => rows.at(-1)?.state === "Sent");
          assert.deepEqual(visit.errors, []);
        } finally {
          await context.close();
        }
      }
    },
  );
}

browserTest("on an isolated site that is not allowed the chat says so", async () => {
  await using parlor = await Parlor.start(unlimited);
  const asha = await parlor.signUp("asha");
  await parlor.post("/chatbot/api", { allowed_origins: ["https://shop.example"] }, { cookie: asha.cookie });
  await using site = new Site(embedLine(parlor, "asha"), { "cross-origin-embedder-policy": "require-corp" });
  const context = await browse();
  try {
    const visit = await Visit.to(context, site.address);
    await visit.page.waitForFunction(() => "parlor" in globalThis);
    const code = visit.page.evaluate(() =>
      // deno-lint-ignore no-explicit-any
      new Promise((resolve) => (globalThis as any).parlor("on", "error", (error: any) => resolve(error.code)))
    );
    await visit.parlor("open");
    assert.equal(await code, "origin_not_allowed");
  } finally {
    await context.close();
  }
});
