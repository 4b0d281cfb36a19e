import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { type Admin, Parlor } from "../../harness/parlor.ts";

/** Signs an identity token, as the host site's server does for a signed-in user. */
function vouch(secret: string, claims: Record<string, unknown>): Promise<string> {
  const all = { sub: "7", exp: Math.floor(Date.now() / 1_000) + 3_600, ...claims };
  return new SignJWT(all).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(secret));
}

async function secretOf(parlor: Parlor, admin: Admin): Promise<string> {
  return (await (await parlor.post("/chatbot/api/identity-secret", {}, { cookie: admin.cookie })).json())
    .secret;
}

async function factsOf(parlor: Parlor, admin: Admin, consumer: string) {
  const answer = await parlor.fetch(`/messages/api/rooms/${consumer}`, { headers: { cookie: admin.cookie } });
  return (await answer.json()).visitor;
}

async function refusal(parlor: Parlor, asked: Record<string, unknown>): Promise<string> {
  const answer = await parlor.post("/chatbot/api/asha/session", asked);
  return answer.status === 200 ? "none" : (await answer.json()).error.code;
}

Deno.test("what the site signs and what a browser says are kept apart, and neither replaces the other", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), secret = await secretOf(parlor, asha);
  const attributes = { plan: "gold", orders: 3, trial: false, none: null, nested: { role: "admin" } };
  const { consumer, token } = await parlor.visit(asha, { identity: await vouch(secret, { attributes }) });
  await (await parlor.chat(asha, consumer, token)).say("hello");
  const signed = { plan: "gold", orders: "3", trial: "false" };
  assert.deepEqual((await factsOf(parlor, asha, consumer)).verified_attributes, signed);

  const claimed = { plan: "platinum", role: "administrator" };
  await parlor.visit(asha, { token, attributes: claimed });
  const facts = await factsOf(parlor, asha, consumer);
  assert.deepEqual([facts.verified_attributes, facts.attributes], [signed, claimed]);

  await parlor.visit(asha, { identity: await vouch(secret, {}) });
  assert.deepEqual(
    (await factsOf(parlor, asha, consumer)).verified_attributes,
    signed,
    "not said anew: it stays",
  );
  await parlor.visit(asha, { identity: await vouch(secret, { attributes: {} }) });
  const after = await factsOf(parlor, asha, consumer);
  assert.deepEqual([after.verified_attributes, after.attributes], [undefined, claimed]);
});

Deno.test("a name that somebody gave itself never becomes a verified one", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), secret = await secretOf(parlor, asha);
  const { consumer } = await parlor.visit(asha, { identity: await vouch(secret, { name: "Vera" }) });
  const erased = await parlor.fetch(`/messages/api/rooms/${consumer}`, {
    method: "DELETE",
    headers: { cookie: asha.cookie },
  });
  assert.equal(erased.status, 204);
  await parlor.visit(asha, { consumer, name: "The Boss", email: "boss@shop.example" });
  const { token } = await parlor.visit(asha, { identity: await vouch(secret, {}) });
  await (await parlor.chat(asha, consumer, token)).say("hello");
  const answer = await parlor.fetch(`/messages/api/rooms/${consumer}`, { headers: { cookie: asha.cookie } });
  assert.deepEqual((await answer.json()).room.visitor, { verified: true });
  const named = await parlor.visit(asha, { identity: await vouch(secret, { name: "Vera" }) });
  const unnamed = await parlor.visit(asha, { identity: await vouch(secret, {}) });
  assert.deepEqual([named, unnamed].map((session) => Reflect.get(session, "visitor")?.name), [
    "Vera",
    "Vera",
  ]);
});

Deno.test("a visitor has 50 attributes of 8 KiB at most, whoever says them", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), secret = await secretOf(parlor, asha);
  const many = (count: number, value = "x") =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, value]));
  assert.equal(await refusal(parlor, { attributes: many(50) }), "none");
  assert.equal(await refusal(parlor, { attributes: many(51) }), "invalid_input");
  assert.equal(await refusal(parlor, { attributes: many(16, "x".repeat(480)) }), "none");
  assert.equal(await refusal(parlor, { attributes: many(17, "語".repeat(480)) }), "invalid_input");
  assert.equal(await refusal(parlor, { identity: await vouch(secret, { attributes: many(50) }) }), "none");
  assert.equal(
    await refusal(parlor, { identity: await vouch(secret, { attributes: many(51) }) }),
    "identity_refused",
  );
  const long = await vouch(secret, { attributes: many(18, "x".repeat(480)) });
  assert.equal(await refusal(parlor, { identity: long }), "identity_refused");
});

Deno.test("of addresses no fragment and no credentials are kept, and a query only if the admin asks for it", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const page = {
    url: "https://vera:hunter2@shop.example/cart/7?reset=SECRET#access_token=SECRET",
    referrer: "https://search.example/?q=SECRET#SECRET",
  };
  const { store } = parlor.running.service.chat;
  const { consumer, token } = await parlor.visit(asha, { page, name: "Vera" });
  const known = () => store.visitor({ admin: "asha", consumer });
  const bare = ["https://shop.example/cart/7", "https://search.example/"];
  assert.deepEqual([(await known())!.page, (await known())!.referrer], bare);

  const silent = await parlor.visit(asha, { page });
  await (await parlor.chat(asha, silent.consumer, silent.token)).say("hello");
  await parlor.visit(asha, { token: silent.token, page });
  const facts = await factsOf(parlor, asha, silent.consumer);
  assert.deepEqual([facts.page, facts.referrer], bare);

  await parlor.post("/chatbot/api", { collect: { query: true } }, { cookie: asha.cookie });
  await parlor.visit(asha, { token, page, name: "Vera" });
  assert.deepEqual(
    [(await known())!.page, (await known())!.referrer],
    ["https://shop.example/cart/7?reset=SECRET", "https://search.example/?q=SECRET"],
  );
  for (
    const url of ["javascript:alert(1)", "data:text/html,SECRET", "file:///home/vera/#x", "no address", "//x"]
  ) {
    await parlor.visit(asha, { token, page: { url }, name: "Vera" });
    assert.equal((await known())!.page, "https://shop.example/cart/7?reset=SECRET", url);
  }
  const read = await parlor.fetch("/chatbot/api?username=asha");
  assert.equal((await read.json()).collect, undefined, "a private setting");
});
