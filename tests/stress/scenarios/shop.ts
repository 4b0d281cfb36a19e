import assert from "node:assert/strict";
import { openStore } from "../../../db/open.ts";
import { v1 } from "../../harness/parlor.ts";
import { defaultLimits, from } from "../default_limits.ts";
import { pause } from "../figures.ts";
import { Peer } from "../peer.ts";
import type { Scenario } from "../scenario.ts";
import type { StressHarness } from "../harness.ts";

const rooms = 20_000, visitors = 150, pageViews = 10, adminRounds = 25;

/** Creates rooms in the database while the service is stopped, then starts it again. */
async function seed(harness: StressHarness): Promise<void> {
  await harness.service.end("SIGTERM");
  const store = await openStore(`sqlite:${harness.folder}/parlor.db`);
  const made = Date.now() - 86_400_000;
  for (let i = 0; i < rooms; i += 1_000) {
    const keys = Array.from({ length: 1_000 }, () => ({ admin: "asha", consumer: crypto.randomUUID() }));
    await Promise.all(keys.map((key) => store.openRoom(key, made)));
  }
  await store.close();
  await harness.service.start();
}

async function answered(what: Promise<Response>): Promise<Response> {
  const response = await what;
  const text = await response.text();
  assert.ok(response.ok, `${response.url} ${response.status} ${text}`);
  return new Response(text);
}

/** A visitor loads some pages, then asks a question. */
async function visit(harness: StressHarness, i: number): Promise<void> {
  await pause(harness.random.below(10_000));
  const headers = { "content-type": "application/json", ...from(`198.51.${i}.7`) };
  let token: string | undefined, consumer = "";
  for (let n = 0; n < pageViews; n++) {
    const body = JSON.stringify({ token, page: { url: `https://shop.example/${n}` }, name: "Vera" });
    const asked = fetch(`${harness.address}/chatbot/api/asha/session`, { method: "POST", headers, body });
    ({ token, consumer } = await (await answered(asked)).json());
    await pause(500 + harness.random.below(500));
  }
  const peer = await Peer.open(harness.socketAddress + harness.pathOf(consumer), v1(token), headers);
  harness.keep(peer);
  assert.equal(peer.code, undefined);
  for (let n = 0; n < 3; n++) {
    peer.say(`where is my order ${n}`, `${n}`);
    await peer.until(() => peer.frames.some(({ message }) => message?.client_id === `${n}`), 20_000);
    await pause(500);
  }
  assert.ok(!peer.frames.some(({ command }) => command === "error"));
}

/** The admin scrolls through the inbox, opens rooms, answers and searches. */
async function work(harness: StressHarness): Promise<number> {
  const headers = { authorization: `Bearer ${harness.token}`, ...from("203.0.113.1") };
  const inbox = harness.keep(
    await Peer.open(`${harness.socketAddress}/ws/room/asha`, v1(harness.token), from("203.0.113.1")),
  );
  await inbox.ask({ command: "subscribe" }, "subscribed");
  let cursor: string | undefined, done = 0;
  for (let n = 0; n < adminRounds; n++) {
    const page = await inbox.ask({ command: "fetch_rooms", limit: 50, cursor }, "room");
    cursor = page.cursor;
    const { consumer } = page.rooms[0];
    const paths = [`search?q=order`, `rooms/${consumer}`, "blocked", "sessions"];
    for (const path of paths) {
      await answered(fetch(`${harness.address}/messages/api/${path}`, { headers }));
    }
    await inbox.ask({ command: "fetch_messages", consumer }, "messages");
    inbox.send({ command: "new_message", consumer, message: { content: "on its way" } });
    inbox.send({ command: "read", consumer, seq: 1 });
    done += paths.length + 4;
    await pause(700);
  }
  const refused = inbox.frames.find(({ command }) => command === "error");
  assert.equal(refused, undefined, JSON.stringify(refused));
  return done;
}

export const shop: Scenario = {
  name: "shop",
  about:
    "a busy shop: 150 visitors, an admin with 20,000 rooms who scrolls, answers and searches: nobody is refused",
  // The cache keeps up to 10,000 rooms that the admin has opened, and more code is loaded than after a
  // sign-up.
  harness: { env: defaultLimits, mostKept: 16 * 2 ** 20 },
  async run(harness) {
    await seed(harness);
    const [done] = await Promise.all([
      work(harness),
      ...Array.from({ length: visitors }, (_, i) => visit(harness, i)),
    ]);
    return `${rooms} rooms, ${visitors} visitors with ${pageViews} pages and 3 messages each, ${done} calls of the admin`;
  },
};
