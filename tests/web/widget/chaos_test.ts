import assert from "node:assert/strict";
import type { Message } from "../../../protocol/records.ts";
import { Connect } from "../../../web/client/connect.ts";
import { memoryStorage } from "../../../web/client/key_value_storage.ts";
import { openStore } from "../../../db/open.ts";
import { browse, browserTest } from "../../harness/browser.ts";
import { ServiceProcess } from "../../harness/service_process.ts";
import { signUp } from "../../server/sign_up.ts";
import { Cutter, targetOf } from "../cutter.ts";
import { embedLine, Site } from "./site.ts";
import { unlimited, Visit } from "./visit.ts";

/** The long form takes minutes; the short one cuts a hundred times on each side. */
const each = Deno.env.get("PARLOR_LONG_TESTS") === "1" ? 1_000 : 300, kills = 5, cutPercent = 30;

/** Deterministic pseudo-random numbers. */
function dice(seed: number): () => number {
  return () => {
    seed = seed * 1_664_525 + 1_013_904_223 >>> 0;
    return seed / 2 ** 32;
  };
}

/** Cuts at random when a client sends a message: before it is forwarded, or after it and before its echo. */
function cutAtRandom(cutter: Cutter, roll: () => number): () => number {
  let sends = 0, cuts = 0;
  cutter.onSend = (bytes) => {
    // Clients mask their frames; only the size distinguishes a message from a query or a read mark.
    if (bytes.length < 100 || bytes.length > 400) return;
    sends++;
    if (roll() * 100 >= cutPercent) return;
    cuts++;
    return roll() < 0.5 ? "before" : "after";
  };
  return () => cuts / sends;
}

/** Asha's side of one room, with the portal's client. */
function ashaAt(address: string, token: string, consumer: string) {
  const seen = { messages: [] as Message[] };
  const asha = new Connect({
    url: `${address.replace("http", "ws")}/ws/room/asha`,
    token: () => Promise.resolve(token),
    subscribe: true,
    storage: memoryStorage(),
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

/** All messages of a room as stored in its file. */
async function storedIn(folder: string, consumer: string): Promise<Message[]> {
  const store = await openStore(`sqlite:${folder}/parlor.db`);
  const stored: Message[] = [];
  for (
    let page;
    (page = await store.messagesAfter({ admin: "asha", consumer }, stored.length, 500)).length;
  ) stored.push(...page);
  await store.close();
  return stored;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

browserTest(
  `${
    2 * each
  } messages both ways, ${cutPercent} % of sends cut, the service killed ${kills} times: both see all, once, in order`,
  async () => {
    const folder = await Deno.makeTempDir({ prefix: "parlor-" });
    await using service = await new ServiceProcess(folder, { ...unlimited, LOG_LEVEL: "error" }).start();
    await using veras = new Cutter(() => targetOf(service.address));
    await using ashas = new Cutter(() => targetOf(service.address));
    await using site = new Site(embedLine(veras, "asha"));
    const token = await signUp(service.address, "asha");
    const context = await browse({ locale: "en-GB" });
    const visit = await Visit.to(context, site.address);
    await visit.open();
    await visit.write("the first one");
    await visit.shows((rows) => rows[1]?.state === "Sent");
    const consumer = await visit.consumer("asha");
    const { asha, seen } = ashaAt(ashas.address, token, consumer);
    const cutShares = [cutAtRandom(veras, dice(30)), cutAtRandom(ashas, dice(36))];

    const pad = "which is long enough to be told from a question".padEnd(60, ".");
    await visit.page.evaluate(([each, pad]) => {
      // deno-lint-ignore no-explicit-any
      for (let i = 1; i <= (each as number); i++) (globalThis as any).parlor("send", `vera ${i} ${pad}`);
    }, [each, pad]);
    for (let i = 1; i <= each; i++) asha.write(`asha ${i} ${pad}`, { consumer });

    const all = 2 * each + 1, end = performance.now() + 300_000;
    for (let kill = 1; kill <= kills; kill++) {
      while (performance.now() < end && seen.messages.length < kill * all / (kills + 1)) await pause(50);
      await service.end("SIGKILL");
      await service.start();
    }
    while (performance.now() < end && (seen.messages.length < all || asha.pending.length)) await pause(200);
    const rows = await visit.shows(
      (rows) => rows.length === all + 1 && rows.every(({ state }) => state !== "Sending"),
      30_000,
    );
    const number = (text: string) => text.split(" ").slice(0, 2).join(" ");
    const shown = rows.slice(1).map(({ text }) => number(text));
    for (const share of cutShares) assert.ok(share() > 0.25 && share() < 0.35, `cut ${share()} of the sends`);
    assert.deepEqual(visit.errors, []);
    asha.stop();
    await context.close();
    await service.end("SIGTERM");
    const stored = await storedIn(folder, consumer);
    await Deno.remove(folder, { recursive: true });
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
  },
);
