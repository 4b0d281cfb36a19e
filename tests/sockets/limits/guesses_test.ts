import assert from "node:assert/strict";
import { openApp } from "../../../routes/app.ts";
import type { Wire, WireListener } from "../../../sockets/wires/wire.ts";
import { Parlor, refusedWith, test, v1 } from "../../harness/parlor.ts";

const guesses = Deno.env.get("PARLOR_FULL_TESTS") === "1" ? 100_000 : 10_000;

/** A visitor with a short consumer id, as the test page creates, and a message in its room. */
async function shortVisitor(parlor: Parlor, consumer: string): Promise<void> {
  const page = await (await parlor.fetch(`/chatbot/asha/${consumer}`)).text();
  const token = /data-token="([^"]+)"/.exec(page)![1]!;
  await (await parlor.chat({ username: "asha" }, consumer, token)).say("a secret");
}

/**
 * Returns a function that requests a chat socket, over an in-memory wire, and returns what the peer saw: an
 * HTTP status, or a close code after frames.
 */
function openDoorOf(parlor: Parlor) {
  const { app } = openApp(parlor.running.service);
  const asked = {
    upgrade: "websocket",
    connection: "Upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  return async (consumer: string, protocols: string[]): Promise<{ frames: number; end: number }> => {
    let frames = 0, end = 0;
    const wire = {
      isOpen: true,
      unsentBytes: 0,
      send: () => void frames++,
      close: (code: number) => void (end = code),
    } as unknown as Wire;
    const upgrade = (_: Request, __: string | undefined, listen: (wire: Wire) => WireListener) => {
      const listener = listen(wire);
      listener.opened();
      listener.closed(1000);
      return new Response();
    };
    const headers = { ...asked, "sec-websocket-protocol": protocols.join(", ") };
    const peer = { remoteAddress: "203.0.113.7", upgrade };
    const response = await app.request(`http://x/ws/chat/asha/${consumer}`, { headers }, peer);
    await response.body?.cancel();
    return { frames, end: end || response.status };
  };
}

Deno.test(`${guesses} guesses of short consumer ids open no room, with a token of another or none, and soon get no more than a 429`, async () => {
  await using parlor = await Parlor.start({ LIMIT_UPGRADES_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha");
  const rooms = ["7", "1234", "5000", `${guesses - 1}`];
  for (const consumer of rooms) await shortVisitor(parlor, consumer);
  const mallory = await parlor.visit(asha);
  const guess = openDoorOf(parlor);
  const ends: Record<number, number> = {};
  const began = performance.now();
  for (let id = 0; id < guesses; id++) {
    const { frames, end } = await guess(`${id}`, v1(id % 2 ? mallory.token : undefined));
    assert.equal(frames, 0, `nothing was told of ${id}`);
    ends[end] = (ends[end] ?? 0) + 1;
  }
  const refused = (ends[4401] ?? 0) + (ends[4403] ?? 0), most = 100 + (performance.now() - began) / 600 + 1;
  assert.ok(refused >= 100 && refused <= most, JSON.stringify(ends));
  assert.equal(refused + ends[429]!, guesses, JSON.stringify(ends));
  for (const consumer of rooms) {
    assert.equal((await guess(consumer, v1(asha.token))).frames, 1, "they are there");
  }
});

Deno.test(`without that limit ${guesses} guesses open nothing either`, async () => {
  await using parlor = await Parlor.start({ LIMIT_GUESSES: "off", LIMIT_UPGRADES_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha");
  await shortVisitor(parlor, "1234");
  const mallory = await parlor.visit(asha);
  const guess = openDoorOf(parlor);
  const ends: Record<number, number> = {};
  for (let id = 0; id < guesses; id++) {
    const { frames, end } = await guess(`${id}`, v1(id % 2 ? mallory.token : undefined));
    assert.equal(frames, 0, `nothing was told of ${id}`);
    ends[end] = (ends[end] ?? 0) + 1;
  }
  assert.deepEqual(ends, { 4401: guesses / 2, 4403: guesses / 2 });
});

test("whoever guesses too often gets 429; others at that address, and other addresses, do not", async () => {
  await using parlor = await Parlor.start({ TRUST_PROXY: "on", LIMIT_GUESSES: "20/600" });
  const asha = await parlor.signUp("asha");
  await shortVisitor(parlor, "1234");
  const open = (consumer: string, address: string, bearer?: string) =>
    parlor.open(`/ws/chat/asha/${consumer}`, {
      protocols: v1(bearer),
      headers: { "x-forwarded-for": address },
    });
  const began = performance.now();
  for (let id = 0; id < 20; id++) {
    assert.equal(await (await open(`${id}`, "203.0.113.7")).closed(), 4401);
  }
  for (let id = 0; id < 5; id++) {
    assert.equal((await open(`${id}`, "203.0.113.7")).code, refusedWith(429));
  }
  assert.equal(await (await open("1234", "203.0.113.8")).closed(), 4401);
  const vera = await parlor.visit(asha);
  await (await open(vera.consumer, "203.0.113.7", vera.token)).next("welcome");
  await (await open(crypto.randomUUID(), "203.0.113.7")).next("welcome");
  await (await open("1234", "203.0.113.7", asha.token)).next("welcome");
  const { status, headers } = await parlor.fetch("/chatbot/asha/1234", {
    headers: { "x-forwarded-for": "203.0.113.7" },
  });
  assert.equal(status, 429);
  const wait = Number(headers.get("retry-after"));
  assert.ok(wait <= 30 && wait >= 30 - (performance.now() - began) / 1_000, `${wait} s`);
  const own = await parlor.fetch(`/chatbot/asha/${crypto.randomUUID()}`, {
    headers: { "x-forwarded-for": "203.0.113.7" },
  });
  assert.equal(own.status, 200);
});
