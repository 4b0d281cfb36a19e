import assert from "node:assert/strict";
import { SignJWT } from "jose/jwt/sign";
import { eventually } from "../harness/eventually.ts";
import { Parlor, password, test } from "../harness/parlor.ts";

/** Generates marker words that do not occur by chance. */
class Canaries {
  readonly all = new Map<string, string>();

  /** A new marker, recorded under `what`. */
  of(what: string): string {
    const word = `canary${crypto.randomUUID().replaceAll("-", "")}`;
    this.all.set(what, word);
    return word;
  }

  keep(what: string, secret: string): string {
    this.all.set(what, secret);
    return secret;
  }
}

test("whatever people write, show or have secret, wherever it goes in, neither the log nor the metrics hold any of it", async () => {
  const canaries = new Canaries();
  const secret = canaries.of("the service's secret");
  const reader = canaries.of("the token of the metrics");
  await using parlor = await Parlor.start({
    PARLOR_SECRET: secret,
    METRICS_TOKEN: reader,
    TRUST_PROXY: "on",
  });
  const word = canaries.of("a password"), address = "203.0.113.77";
  canaries.keep("an address", address);
  const signup = await parlor.post("/accounts/api/signup", {
    username: "asha",
    password: word,
    email: `${canaries.of("an email address")}@example.com`,
  }, { "x-forwarded-for": address, "user-agent": canaries.of("a user agent") });
  assert.equal(signup.status, 201);
  const asha = { username: "asha", ...await signup.json(), cookie: "" };
  canaries.keep("a session", asha.token);
  canaries.keep("a known device", signup.headers.getSetCookie()[1]!.split(/[=;]/)[1]!);
  const bearer = { authorization: `Bearer ${asha.token}` };

  const login = (password: string) => parlor.post("/accounts/api/login", { username: "asha", password });
  assert.equal((await login(canaries.of("a wrong password"))).status, 401);
  const next = canaries.of("a new password");
  const change = { password: word, new_password: next };
  assert.equal((await parlor.post("/accounts/api/password", change, bearer)).status, 204);
  const named = { username: canaries.of("a password typed as a name"), password };
  assert.equal((await parlor.post("/accounts/api/login", named)).status, 401);
  const broken = `{"password": "${canaries.of("a body that is no JSON")}`;
  await parlor.fetch("/accounts/api/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: broken,
  });
  await parlor.post(
    "/chatbot/api",
    { title: canaries.of("a title"), colour: canaries.of("a wrong field") },
    bearer,
  );
  await parlor.fetch(`/accounts/api/me?token=${canaries.of("a token in a query")}`, {
    headers: { referer: `https://shop.example/?${canaries.of("a referrer")}` },
  });
  await parlor.fetch(`/nowhere/${canaries.of("a secret in a path")}/x`);
  await parlor.fetch(`/messages/api/rooms/${canaries.of("a consumer in a path")}`, { headers: bearer });
  await parlor.fetch("/accounts/api/me", {
    headers: { authorization: `Bearer ${canaries.of("a forged token")}` },
  });
  await parlor.fetch("/accounts/api/me", {
    headers: { cookie: `parlor_session=${canaries.of("a forged cookie")}` },
  });

  const identitySecret =
    (await (await parlor.post("/chatbot/api/identity-secret", {}, bearer)).json()).secret;
  canaries.keep("an identity secret", identitySecret);
  const identity = await new SignJWT({ sub: canaries.of("a user of the host site") })
    .setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h").sign(
      new TextEncoder().encode(identitySecret),
    );
  canaries.keep("an identity token", identity);
  assert.ok((await parlor.visit(asha, { identity })).token);
  const forged = await new SignJWT({ sub: canaries.of("whom a forged identity names") })
    .setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h").sign(new Uint8Array(32));
  canaries.keep("a forged identity token", forged);
  assert.equal((await parlor.post("/chatbot/api/asha/session", { identity: forged })).status, 401);

  await parlor.fetch(`/messages/api/search?q=${canaries.of("what is searched for")}`, { headers: bearer });
  const keys = { p256dh: "B".repeat(87), auth: canaries.of("a browser's secret for pushes").slice(0, 22) };
  canaries.keep("a browser's secret for pushes", keys.auth);
  for (
    const endpoint of [
      `https://fcm.googleapis.com/fcm/send/${canaries.of("a push address")}`,
      `https://${canaries.of("a push address elsewhere")}.example/`,
    ]
  ) await parlor.post("/messages/api/push", { endpoint, keys }, bearer);
  await parlor.post("/chatbot/api", { title: "Asha" }, {
    ...bearer,
    origin: `https://${canaries.of("a website elsewhere")}.example`,
  });

  const vera = await parlor.visit(asha, {
    name: canaries.of("a visitor's name"),
    email: `${canaries.of("a visitor's address")}@example.com`,
    page: { url: `https://shop.example/${canaries.of("a page")}` },
    attributes: { plan: canaries.of("an attribute") },
  });
  canaries.keep("a visitor's token", vera.token);
  canaries.keep("a consumer id", vera.consumer);
  await parlor.fetch(`/chatbot/asha/${vera.consumer}`);

  const { store } = parlor.running.service.chat;
  const pushes = store.pushes;
  store.pushes = () => Promise.reject(new Error(canaries.of("what a failing push says")));
  const visitor = await parlor.chat(asha, vera.consumer, vera.token);
  await visitor.say(canaries.of("a message"), { client_id: canaries.of("a client id") });
  visitor.send(`{ ${canaries.of("a frame that is no JSON")}`);
  visitor.send({ command: canaries.of("a command") });
  await eventually(() => parlor.lines.some((line) => line.includes('"event":"push_failed"')));
  store.pushes = pushes;
  const admin = await parlor.inbox(asha);
  admin.send({ command: "fetch_rooms", q: canaries.of("a name that is looked for") });
  await admin.next("room");
  admin.send({ command: "new_room", consumer: canaries.of("a room that the admin opens") });
  await admin.next("new_room");
  const leaving = await parlor.open(`/ws/chat/asha/${vera.consumer}`, {
    protocols: ["parlor.v1", `bearer.${vera.token}`],
    headers: { "user-agent": canaries.of("the user agent of a socket") },
  });
  leaving.socket.close(4000, canaries.of("why somebody leaves"));
  await leaving.closed();
  const guessed = await parlor.open(`/ws/chat/asha/${canaries.of("a guess").slice(0, 20)}`, {
    protocols: ["parlor.v1", `bearer.${canaries.of("a forged token of a socket")}`],
  });
  assert.equal(await guessed.closed(), 4401);
  const read = store.messagesAfter;
  store.messagesAfter = () => Promise.reject(new Error(canaries.of("what a fault says")));
  visitor.send({ command: "fetch_messages", after: 0 });
  assert.equal(await visitor.closed(), 1011);
  store.messagesAfter = read;
  store.account = () => Promise.reject(new TypeError(canaries.of("what another fault says")));
  const failed = await login(next);
  assert.equal(failed.status, 500);
  const answered = await failed.text();

  await eventually(() => parlor.lines.some((line) => line.includes('"event":"socket"')));
  const log = parlor.lines.join("\n");
  const metrics = await (await parlor.fetch("/metrics", { headers: { authorization: `Bearer ${reader}` } }))
    .text();
  assert.match(metrics, /^parlor_requests_total/m);
  assert.ok(canaries.all.size >= 45, `${canaries.all.size} canaries`);
  for (const event of ["request", "socket", "frame_failed", "request_failed", "push_failed"]) {
    assert.ok(log.includes(`"event":"${event}"`), `the log tells of a ${event}`);
  }
  for (const [what, canary] of canaries.all) {
    assert.ok(!log.includes(canary), `the log holds ${what}`);
    assert.ok(!metrics.includes(canary), `the metrics hold ${what}`);
    assert.ok(!answered.includes(canary), `an answer to a fault holds ${what}`);
  }
});
