import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { type Admin, Parlor, test } from "../harness/parlor.ts";

const seconds = () => Math.floor(Date.now() / 1_000);

/** Signs an identity token, as the host site's server does for a signed-in user. */
function vouch(secret: string, claims: Record<string, unknown>): Promise<string> {
  return new SignJWT({ sub: "7", exp: seconds() + 3_600, ...claims }).setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode(secret));
}

async function rollSecret(parlor: Parlor, admin: Admin): Promise<string> {
  const answer = await parlor.post("/chatbot/api/identity-secret", {}, { cookie: admin.cookie });
  assert.equal(answer.status, 201);
  return (await answer.json()).secret;
}

async function refusal(parlor: Parlor, { username }: Admin, asked: Record<string, unknown>): Promise<string> {
  const answer = await parlor.post(`/chatbot/api/${username}/session`, asked);
  return answer.status === 200 ? "none" : (await answer.json()).error.code;
}

test("what a site vouched for ends with the site's word, for the token and for the socket", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), secret = await rollSecret(parlor, asha);
  const ends = seconds() + 3;
  const vera = await parlor.visit(asha, { identity: await vouch(secret, { exp: ends }) });
  assert.equal(Date.parse(vera.expires), ends * 1_000);
  const renewed = await parlor.visit(asha, { token: vera.token });
  assert.equal(Date.parse(renewed.expires), ends * 1_000, "a renewal makes it last no longer");
  const socket = await parlor.chat(asha, vera.consumer, renewed.token);
  await socket.next("welcome");
  assert.equal(await socket.closed(8_000), 4401);
  assert.ok(Date.now() >= ends * 1_000, "not before");
  for (const { token, consumer } of [vera, renewed]) {
    assert.equal(await refusal(parlor, asha, { token, consumer }), "identity_required");
    assert.equal(await (await parlor.chat(asha, consumer, token)).closed(), 4401);
  }
  const again = await parlor.visit(asha, { identity: await vouch(secret, {}) });
  assert.equal(again.consumer, vera.consumer);
  const day = await parlor.visit(asha, { identity: await vouch(secret, { exp: seconds() + 86_430 }) });
  assert.ok(Date.parse(day.expires) <= Date.now() + 86_400_000, "a day at most");
});

test("a new identity secret ends what the former one has vouched for, open sockets too", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const secret = await rollSecret(parlor, asha);
  const vera = await parlor.visit(asha, { identity: await vouch(secret, {}) });
  const anonymous = await parlor.visit(asha);
  const atBruno = await parlor.visit(bruno, { identity: await vouch(await rollSecret(parlor, bruno), {}) });
  const chat = await parlor.chat(asha, vera.consumer, vera.token);
  const lobby = await parlor.open("/ws/room/asha", { protocols: ["parlor.v1", `bearer.${vera.token}`] });
  const others = [
    await parlor.chat(asha, anonymous.consumer, anonymous.token),
    await parlor.chat(bruno, atBruno.consumer, atBruno.token),
    await parlor.inbox(asha),
  ];
  for (const socket of [chat, lobby, ...others.slice(0, 2)]) await socket.next("welcome");
  const next = await rollSecret(parlor, asha);
  assert.deepEqual(await Promise.all([chat.closed(5_000), lobby.closed(5_000)]), [4401, 4401]);
  for (const asked of [{ token: vera.token }, { token: vera.token, consumer: vera.consumer }]) {
    assert.equal(await refusal(parlor, asha, asked), "identity_required");
  }
  assert.equal(await (await parlor.chat(asha, vera.consumer, vera.token)).closed(), 4401);
  await parlor.post("/chatbot/api", { require_identity: true }, { cookie: asha.cookie });
  assert.equal(await (await parlor.chat(asha, vera.consumer, vera.token)).closed(), 4401);
  const again = await parlor.visit(asha, { identity: await vouch(next, {}) });
  assert.equal(again.consumer, vera.consumer);
  await (await parlor.chat(asha, again.consumer, again.token)).next("welcome");
  for (const socket of others.slice(1)) assert.equal(socket.code, undefined, "nobody else's");
});

test("a room that an identity token has opened opens to nobody by its id alone", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), secret = await rollSecret(parlor, asha);
  for (const [sub, claims] of [["named", { name: "Vera" }], ["unnamed", {}]] as const) {
    const { consumer, token } = await parlor.visit(asha, {
      identity: await vouch(secret, { sub, ...claims }),
    });
    const inAnyState = async (state: string) => {
      const byId = await parlor.chat(asha, consumer);
      assert.equal(await byId.closed(), 4401, `${sub}, ${state}`);
      assert.deepEqual(byId.frames, []);
      assert.equal(
        await (await parlor.open(`/ws/chat/asha/${consumer}`)).closed(),
        4401,
        "the older protocol too",
      );
      assert.equal(await refusal(parlor, asha, { consumer }), "identity_required");
      assert.equal(
        await refusal(parlor, asha, { consumer, name: "Mallory", attributes: { plan: "gold" } }),
        "identity_required",
      );
      const stranger = await parlor.open("/ws/room/asha", { protocols: ["parlor.v1"] });
      stranger.send({ command: "new_room", consumer });
      assert.equal((await stranger.next("error")).error.code, "forbidden");
      const page = await (await parlor.fetch(`/chatbot/asha/${consumer}`)).text();
      assert.doesNotMatch(page, /data-token/);
    };
    await inAnyState("before anything was written");
    await (await parlor.chat(asha, consumer, token)).say("hello");
    await inAnyState("with a room");
    const { room } = await (await parlor.fetch(`/messages/api/rooms/${consumer}`, {
      headers: { cookie: asha.cookie },
    })).json();
    assert.equal(room.visitor.verified, true);
    assert.equal(room.seq, 1, "nobody else's word is in it");
  }
  await parlor.restart();
  const { consumer } = await parlor.visit(asha, { identity: await vouch(secret, { sub: "named" }) });
  assert.equal(await (await parlor.chat(asha, consumer)).closed(), 4401, "after a restart as well");
});

test("who came by the id alone before goes when an identity token opens the room", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), secret = await rollSecret(parlor, asha);
  const { store } = parlor.running.service.chat;
  const { consumer } = await parlor.visit(asha, { identity: await vouch(secret, {}) });
  // As stored by an earlier version, which did not record that an unnamed visitor was verified.
  await store.saveVisitor({ admin: "asha", consumer }, { verified: null }, Date.now());
  const byId = await parlor.chat(asha, consumer);
  await byId.next("welcome");
  const unvouched = await parlor.visit(asha, { consumer });
  const { token } = await parlor.visit(asha, { identity: await vouch(secret, {}) });
  assert.equal(await byId.closed(5_000), 4401);
  assert.equal(await refusal(parlor, asha, { token: unvouched.token }), "identity_required");
  assert.equal(await (await parlor.chat(asha, consumer, unvouched.token)).closed(), 4401);
  await (await parlor.chat(asha, consumer, token)).next("welcome");
});
