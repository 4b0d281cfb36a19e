import assert from "node:assert/strict";
import type { Message } from "../../../protocol/records.ts";
import { Connect } from "../../../web/connect.ts";
import { memoryShelf } from "../../../web/shelf.ts";
import { browse, browserTest } from "../../browser.ts";
import { Parlor } from "../../parlor.ts";
import { Cutter, targetOf } from "../cutter.ts";
import { embedLine, Site } from "./site.ts";
import { unlimited, Visit } from "./visit.ts";

const each = 1_000, kills = 5, cutPercent = 30;

/** Numbers that look random and are the same in every run. */
function dice(seed: number): () => number {
  return () => {
    seed = seed * 1_664_525 + 1_013_904_223 >>> 0;
    return seed / 2 ** 32;
  };
}

/** Cuts at random where a client sends a message: before it has passed, or after it and before its echo. */
function cutAtRandom(cutter: Cutter, roll: () => number): () => number {
  let sends = 0, cuts = 0;
  cutter.onSend = (bytes) => {
    // A client masks its frames; of their size alone one can tell a message from a question or a read mark.
    if (bytes.length < 100 || bytes.length > 400) return;
    sends++;
    if (roll() * 100 >= cutPercent) return;
    cuts++;
    return roll() < 0.5 ? "before" : "after";
  };
  return () => cuts / sends;
}

/** Asha's side of one room, as her portal would hold it. */
function ashaAt(address: string, token: string, consumer: string) {
  const seen = { messages: [] as Message[] };
  const asha = new Connect({
    url: `${address.replace("http", "ws")}/ws/room/asha`,
    token: () => Promise.resolve(token),
    subscribe: true,
    shelf: memoryShelf(),
    onState: () => {},
  });
  asha.follow({
    replace: (messages) => seen.messages = messages,
    append: (messages) => seen.messages.push(...messages),
    prepend: (messages) => seen.messages.unshift(...messages),
  }, consumer);
  asha.start();
  return { asha, seen };
}

browserTest(
  `${
    2 * each
  } messages both ways, ${cutPercent} % of sends cut, ${kills} stops of the service: both see all, once, in order`,
  async () => {
    await using parlor = await Parlor.start({ ...unlimited, LOG_LEVEL: "error" });
    const signedUp = await parlor.signUp("asha");
    await using veras = new Cutter(() => targetOf(parlor.address));
    await using ashas = new Cutter(() => targetOf(parlor.address));
    await using site = new Site(embedLine(veras, "asha"));
    const context = await browse({ locale: "en-GB" });
    const visit = await Visit.to(context, site.address);
    await visit.open();
    await visit.write("the first one");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    const consumer = await visit.consumer("asha");
    const { asha, seen } = ashaAt(ashas.address, signedUp.token, consumer);
    const cutShares = [cutAtRandom(veras, dice(1)), cutAtRandom(ashas, dice(2))];

    const pad = "which is long enough to be told from a question".padEnd(60, ".");
    await visit.page.evaluate(([each, pad]) => {
      // deno-lint-ignore no-explicit-any
      for (let i = 1; i <= (each as number); i++) (globalThis as any).parlor("send", `vera ${i} ${pad}`);
    }, [each, pad]);
    for (let i = 1; i <= each; i++) asha.write(`asha ${i} ${pad}`, consumer);

    const all = 2 * each + 1;
    const headOf = async () =>
      (await parlor.running.service.chat.store.room({ admin: "asha", consumer }))?.head ?? 0;
    for (let kill = 1; kill <= kills; kill++) {
      while (await headOf() < kill * all / (kills + 1)) await new Promise((done) => setTimeout(done, 50));
      await parlor.restart();
    }
    const end = performance.now() + 240_000;
    while (
      performance.now() < end && (await headOf() < all || seen.messages.length < all || asha.letters.length)
    ) {
      await new Promise((done) => setTimeout(done, 200));
    }
    const rows = await visit.shows(
      (rows) => rows.length === all + 1 && rows.every(({ state }) => state !== "Sending"),
      30_000,
    );
    const number = (text: string) => text.split(" ").slice(0, 2).join(" ");
    const shown = rows.slice(1).map(({ text }) => number(text));
    const { store } = parlor.running.service.chat;
    const stored: Message[] = [];
    for (
      let page;
      (page = await store.messagesAfter({ admin: "asha", consumer }, stored.length, 500)).length;
    ) {
      stored.push(...page);
    }
    assert.deepEqual(seen.messages.map(({ seq }) => seq), Array.from({ length: all }, (_, i) => i + 1));
    assert.deepEqual(stored.map(({ content }) => number(content)), shown, "vera sees what is stored");
    assert.deepEqual(seen.messages.map(({ content }) => number(content)), shown, "asha sees the same");
    for (const name of ["vera", "asha"]) {
      const own = shown.filter((text) => text.startsWith(`${name} `));
      assert.deepEqual(
        own,
        Array.from({ length: each }, (_, i) => `${name} ${i + 1}`),
        "each once, as written",
      );
    }
    for (const share of cutShares) assert.ok(share() > 0.25 && share() < 0.35, `cut ${share()} of the sends`);
    assert.deepEqual(visit.errors, []);
    asha.stop();
    await context.close();
  },
);
