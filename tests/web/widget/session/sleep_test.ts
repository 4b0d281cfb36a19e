import assert from "node:assert/strict";
import { browse, browserTest } from "../../../harness/browser.ts";
import { Parlor } from "../../../harness/parlor.ts";
import { Cutter, targetOf } from "../../cutter.ts";
import { embedLine, Site } from "../site.ts";
import { Answers, unlimited, Visit } from "../visit.ts";

/** Messages sent in the meantime: more than a page of history, and more than one page of a resume. */
const missed = 450;

browserTest("a laptop that slept finds out as it wakes, and catches up with all that it missed", async () => {
  await using parlor = await Parlor.start(unlimited);
  const asha = await parlor.signUp("asha");
  await using cutter = new Cutter(() => targetOf(parlor.address));
  await using site = new Site(embedLine(cutter, "asha"));
  const context = await browse({ locale: "en-GB" });
  const visit = await Visit.to(context, site.address);
  const frame = await visit.open();
  await visit.write("good night");
  await visit.shows((rows) => rows[1]?.state === "Sent");
  const consumer = await visit.consumer("asha");

  // State after an hour of suspend: the connection is dead, and neither side was notified.
  cutter.strand();
  const answers = await Answers.of(parlor, asha);
  for (let i = 1; i <= missed; i++) answers.write(consumer, `${i}`);
  const key = { admin: "asha", consumer };
  while ((await parlor.running.service.chat.store.room(key))?.head !== missed + 1) {
    await new Promise((done) => setTimeout(done, 25));
  }
  // The event that the browser fires on wake-up.
  await frame.evaluate(() => dispatchEvent(new Event("online")));
  // Without the event it would ping after 20 s of silence and detect the loss 4.5 s later.
  const rows = await visit.shows((rows) => rows.length === missed + 2, 18_000);
  assert.deepEqual(
    rows.slice(2).map(({ text }) => text),
    Array.from({ length: missed }, (_, i) => `${i + 1}`),
  );
  await visit.write("good morning");
  await visit.shows((rows) => rows.at(-1)?.state === "Sent");
  assert.deepEqual(visit.errors, []);
  await context.close();
});
