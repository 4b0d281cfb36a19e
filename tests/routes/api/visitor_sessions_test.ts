import assert from "node:assert/strict";
import { maxAttributes } from "../../../protocol/limits.ts";
import { Parlor } from "../../harness/parlor.ts";

const path = "/chatbot/api/asha/session";
const attributesOf = (count: number, value: (i: number) => unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`attribute ${i}`, value(i)]));

Deno.test("attributes that are too many or too long in all are refused by one word, before each is looked at", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const refused = {
    "of a wrong kind, by the thousand": attributesOf(3_000, () => 0),
    "one too many": attributesOf(maxAttributes + 1, () => "gold"),
    "too long in all": attributesOf(20, () => "x".repeat(500)),
    "too long in all, in bytes": attributesOf(10, () => "語".repeat(300)),
    "in arrays": { list: Array(5_000).fill(0) },
    "a list": Array(4_000).fill("gold"),
  };
  for (const [what, attributes] of Object.entries(refused)) {
    const response = await parlor.post(path, { attributes });
    assert.equal(response.status, 400, what);
    const { error } = await response.json();
    assert.deepEqual(error.fields, { attributes: "at most 50, and 8 KiB in all" }, what);
  }
  const most = attributesOf(maxAttributes, () => "x".repeat(100));
  assert.equal((await parlor.post(path, { attributes: most })).status, 200);
});

Deno.test("sessions are counted by address and by visitor", async () => {
  await using parlor = await Parlor.start({ LIMIT_SESSIONS_PER_ADDRESS: "60/6000", TRUST_PROXY: "on" });
  await parlor.signUp("asha");
  const visit = (body: unknown, address: string) => parlor.post(path, body, { "x-forwarded-for": address });
  const token = (await (await visit({}, "198.51.100.1")).json()).token;
  for (let i = 2; i < 4; i++) assert.equal((await visit({ token }, `198.51.${i}.1`)).status, 200);
  const refused = await visit({ token }, "198.51.9.1");
  assert.equal(refused.status, 429, "one visitor, at whatever address");
  assert.equal((await refused.json()).error.code, "rate_limited");
  assert.ok(Number(refused.headers.get("retry-after")) > 0);

  for (let i = 0; i < 60; i++) assert.equal((await visit({}, "203.0.113.9")).status, 200);
  assert.equal((await visit({}, "203.0.113.9")).status, 429);
  assert.equal((await visit({}, "203.0.114.9")).status, 200);
});

Deno.test("who says again what is known writes nothing, and is told to nobody", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { consumer, token } = await parlor.visit(asha, {
    name: "Vera",
    attributes: { plan: "gold", a: "b" },
  });
  await (await parlor.chat(asha, consumer, token)).say("Hello");
  const inbox = await parlor.inbox(asha);
  const { store } = parlor.running.service.chat, key = { admin: "asha", consumer };
  await parlor.visit(asha, { token, name: "Vera" });
  const before = (await store.visitor(key))!;
  await parlor.visit(asha, { token, name: "Vera", attributes: { a: "b", plan: "gold" } });
  assert.deepEqual(await store.visitor(key), before);
  await inbox.hearsNo("room_updated");
  await parlor.visit(asha, { token, attributes: { plan: "silver" } });
  assert.deepEqual((await store.visitor(key))!.attributes, { plan: "silver" });
  await inbox.hearsNo("room_updated");
});

Deno.test("an admin hears of a room's new names once a second, and of the last one", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { consumer, token } = await parlor.visit(asha);
  await (await parlor.chat(asha, consumer, token)).say("Hello");
  const inbox = await parlor.inbox(asha), began = performance.now();
  for (let i = 1; i <= 20; i++) await parlor.visit(asha, { token, name: `Vera ${i}` });
  const heard = () => inbox.frames.filter(({ command }) => command === "room_updated");
  await inbox.until(() => heard().at(-1)?.room.visitor.name === "Vera 20");
  const most = 1 + Math.ceil((performance.now() - began) / 1_000);
  assert.ok(heard().length <= most, `${heard().length} of at most ${most}`);
});
