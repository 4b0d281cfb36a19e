import assert from "node:assert/strict";
import { SignJWT, UnsecuredJWT } from "jose";
import { type Admin, Parlor } from "../../harness/parlor.ts";

const day = 86_400;
const now = () => Math.floor(Date.now() / 1_000);

/** Signs an identity token, as the host site's server does for a signed-in user. */
function vouch(secret: string, claims: Record<string, unknown>, alg = "HS256"): Promise<string> {
  const all = { exp: now() + 3_600, ...claims };
  return new SignJWT(all).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
}

async function secretOf(parlor: Parlor, admin: Admin): Promise<string> {
  const answer = await parlor.post("/chatbot/api/identity-secret", {}, { cookie: admin.cookie });
  assert.equal(answer.status, 201);
  return (await answer.json()).secret;
}

async function refusal(parlor: Parlor, admin: Admin, asked: Record<string, unknown>): Promise<string> {
  const answer = await parlor.post(`/chatbot/api/${admin.username}/session`, asked);
  assert.equal(answer.status, 401);
  const { error } = await answer.json();
  return `${error.code}: ${error.message}`;
}

function identityTest(name: string, test: (parlor: Parlor, asha: Admin, secret: string) => Promise<void>) {
  Deno.test(name, async () => {
    await using parlor = await Parlor.start();
    const asha = await parlor.signUp("asha");
    await test(parlor, asha, await secretOf(parlor, asha));
  });
}

identityTest(
  "a signed-in user is the same visitor on every device, and nobody can guess which",
  async (parlor, asha, secret) => {
    const onPhone = await parlor.visit(asha, { identity: await vouch(secret, { sub: "7", name: "Vera" }) });
    const onLaptop = await parlor.visit(asha, { identity: await vouch(secret, { sub: "7" }) });
    assert.equal(onPhone.consumer, onLaptop.consumer);
    assert.match(onPhone.consumer, /^[A-Za-z0-9_-]{32}$/);
    const victor = await parlor.visit(asha, { identity: await vouch(secret, { sub: "8" }) });
    assert.notEqual(victor.consumer, onPhone.consumer);
    const bruno = await parlor.signUp("bruno");
    const atBruno = await parlor.visit(bruno, {
      identity: await vouch(await secretOf(parlor, bruno), { sub: "7" }),
    });
    assert.notEqual(atBruno.consumer, onPhone.consumer);
  },
);

identityTest(
  "a new secret voids what the former one signed, and loses no conversation",
  async (parlor, asha, secret) => {
    const before = await parlor.visit(asha, { identity: await vouch(secret, { sub: "7" }) });
    const next = await secretOf(parlor, asha);
    assert.match(
      await refusal(parlor, asha, { identity: await vouch(secret, { sub: "7" }) }),
      /^identity_refused: .*not signed with this chatbot's identity secret/,
    );
    const after = await parlor.visit(asha, { identity: await vouch(next, { sub: "7" }) });
    assert.equal(after.consumer, before.consumer);
  },
);

identityTest(
  "an identity token that is not good is refused, with what is wrong with it",
  async (parlor, asha, secret) => {
    const bad: [token: string | Promise<string>, says: RegExp][] = [
      [vouch(secret, { sub: "7", exp: now() - 120 }), /expired/],
      [vouch(secret, { sub: "7", exp: now() + 2 * day }), /longer than a day/],
      [vouch(secret, { sub: "7", exp: undefined }), /no good exp/],
      [vouch(secret, {}), /no good sub/],
      [vouch(secret, { sub: "" }), /sub is no text/],
      [vouch(secret, { sub: "x".repeat(256) }), /sub is no text/],
      [vouch(secret, { sub: "a\0b" }), /sub is no text/],
      [vouch(secret, { sub: "7", nbf: now() + 600 }), /no good nbf/],
      [vouch("mallory's guess at the secret, thirty-two characters", { sub: "7" }), /not signed with/],
      [vouch(secret.repeat(2), { sub: "7" }, "HS512"), /HS256/],
      [new UnsecuredJWT({ sub: "7", exp: now() + 60 }).encode(), /no JWT|HS256/],
      ["not.a.token", /no JWT/],
      ["", /no JWT/],
    ];
    for (const [token, says] of bad) {
      const said = await refusal(parlor, asha, { identity: await token, consumer: crypto.randomUUID() });
      assert.match(said, /^identity_refused: /);
      assert.match(said, says);
    }
  },
);

identityTest("a site that never made a secret vouches for nobody", async (parlor) => {
  const bruno = await parlor.signUp("bruno");
  const token = await vouch("", { sub: "7" }).catch(() => vouch("x", { sub: "7" }));
  assert.match(await refusal(parlor, bruno, { identity: token }), /no identity secret yet/);
});

identityTest("only the admin makes a secret", async (parlor, asha, secret) => {
  assert.equal((await parlor.post("/chatbot/api/identity-secret", {})).status, 401);
  const elsewhere = { cookie: asha.cookie, origin: "https://mallory.example" };
  assert.equal((await parlor.post("/chatbot/api/identity-secret", {}, elsewhere)).status, 403);
  await parlor.visit(asha, { identity: await vouch(secret, { sub: "7" }) });
  const read = await parlor.fetch("/chatbot/api", { headers: { cookie: asha.cookie } });
  assert.ok(!(await read.text()).includes(secret), "it is shown once");
});

identityTest(
  "the name that a site vouches for is verified, one that a visitor gives is not",
  async (parlor, asha, secret) => {
    const said = { name: "Vera V", email: "vera@shop.example" };
    const vouched = await vouch(secret, { sub: "7", ...said });
    const inbox = await parlor.inbox(asha);
    for (const [asked, verified] of [[{ identity: vouched }, true], [said, false]] as const) {
      const { consumer, token, visitor } = await parlor.visit(asha, asked) as
        & Awaited<
          ReturnType<Parlor["visit"]>
        >
        & { visitor: unknown };
      assert.deepEqual(visitor, { ...said, verified });
      const chat = await parlor.chat(asha, consumer, token);
      chat.send({ command: "new_message", message: { author: "", content: "hello" } });
      const { room } = await inbox.next("new_room");
      assert.deepEqual([room.consumer, room.visitor], [consumer, { ...said, verified }]);
    }
  },
);

identityTest(
  "a visitor's own word does not replace what the site vouched for",
  async (parlor, asha, secret) => {
    const identity = await vouch(secret, { sub: "7", name: "Vera" });
    const { token } = await parlor.visit(asha, { identity });
    const renewed = await parlor.visit(asha, { token, name: "The admin", email: "asha@shop.example" });
    assert.deepEqual((renewed as unknown as { visitor: unknown }).visitor, { name: "Vera", verified: true });
  },
);

identityTest(
  "a chatbot that requires identity lets nobody else in by any door",
  async (parlor, asha, secret) => {
    const anonymous = await parlor.visit(asha);
    await parlor.post("/chatbot/api", { require_identity: true }, { cookie: asha.cookie });
    for (
      const asked of [{}, { consumer: crypto.randomUUID() }, {
        consumer: anonymous.consumer,
        token: anonymous.token,
      }]
    ) {
      assert.match(await refusal(parlor, asha, asked), /^identity_required: /);
    }
    const guess = await parlor.chat(asha, crypto.randomUUID());
    await guess.gone();
    assert.equal(guess.code, 4401);
    const token = await parlor.chat(asha, anonymous.consumer, anonymous.token);
    await token.gone();
    assert.equal(token.code, 4401);
    const stranger = await parlor.open("/ws/room/asha");
    await stranger.gone();
    assert.equal(stranger.code, 4401);

    const vera = await parlor.visit(asha, { identity: await vouch(secret, { sub: "7" }) });
    const renewed = await parlor.visit(asha, { token: vera.token });
    assert.equal(renewed.consumer, vera.consumer, "a session that was vouched for may be renewed");
    const byIdAlone = await parlor.chat(asha, vera.consumer);
    await byIdAlone.gone();
    assert.equal(byIdAlone.code, 4401);
    const chat = await parlor.chat(asha, vera.consumer, renewed.token);
    assert.equal((await chat.next("welcome")).you.name, vera.consumer);
  },
);

identityTest("who only looks leaves nothing behind", async (parlor, asha) => {
  const page = { url: "https://shop.example/lamps", referrer: "https://search.example/" };
  const { consumer, token } = await parlor.visit(asha, { page, locale: "hi-IN", time_zone: "Asia/Kolkata" });
  const { store } = parlor.running.service.chat;
  assert.equal(await store.visitor({ admin: "asha", consumer }), undefined);

  const chat = await parlor.chat(asha, consumer, token);
  chat.send({ command: "new_message", message: { author: "", content: "hello" } });
  await chat.next("new_message");
  await parlor.visit(asha, { token, page, locale: "hi-IN", time_zone: "Asia/Kolkata" });
  const known = await store.visitor({ admin: "asha", consumer });
  assert.deepEqual([known?.page, known?.referrer, known?.locale], [page.url, page.referrer, "hi-IN"]);

  const none = { page: false, referrer: false, device: false };
  await parlor.post("/chatbot/api", { collect: none }, { cookie: asha.cookie });
  await parlor.visit(asha, { token, page });
  const after = await store.visitor({ admin: "asha", consumer });
  assert.deepEqual([after?.page, after?.referrer, after?.device], [undefined, undefined, undefined]);
});
