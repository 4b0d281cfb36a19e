import assert from "node:assert/strict";
import { SignJWT } from "jose/jwt/sign";
import { eventually } from "../eventually.ts";
import { Parlor, password, test } from "../parlor.ts";

/** Words that stand nowhere by chance. */
class Canaries {
  readonly all = new Map<string, string>();

  /** A new one, for what `what` says. */
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

test("whatever people write, show or have secret, wherever it goes in, the log holds none of it", async () => {
  const canaries = new Canaries();
  const secret = canaries.of("the service's secret");
  await using parlor = await Parlor.start({ PARLOR_SECRET: secret, TRUST_PROXY: "on" });
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
  const vera = await parlor.visit(asha, {
    name: canaries.of("a visitor's name"),
    email: `${canaries.of("a visitor's address")}@example.com`,
    page: { url: `https://shop.example/${canaries.of("a page")}` },
    attributes: { plan: canaries.of("an attribute") },
  });
  canaries.keep("a visitor's token", vera.token);
  canaries.keep("a consumer id", vera.consumer);
  await parlor.fetch(`/chatbot/asha/${vera.consumer}`);

  const visitor = await parlor.chat(asha, vera.consumer, vera.token);
  await visitor.say(canaries.of("a message"), { client_id: canaries.of("a client id") });
  visitor.send(`{ ${canaries.of("a frame that is no JSON")}`);
  visitor.send({ command: canaries.of("a command") });
  const { store } = parlor.running.service.chat;
  const read = store.messagesAfter;
  store.messagesAfter = () => Promise.reject(new Error(canaries.of("what a fault says")));
  visitor.send({ command: "fetch_messages", after: 0 });
  assert.equal(await visitor.closed(), 1011);
  store.messagesAfter = read;
  store.account = () => Promise.reject(new TypeError(canaries.of("what another fault says")));
  assert.equal((await login(next)).status, 500);

  await eventually(() => parlor.lines.some((line) => line.includes('"event":"socket"')));
  const log = parlor.lines.join("\n");
  assert.ok(canaries.all.size >= 30, `${canaries.all.size} canaries`);
  for (const event of ["request", "socket", "frame_failed", "request_failed"]) {
    assert.ok(log.includes(`"event":"${event}"`), `the log tells of a ${event}`);
  }
  for (const [what, canary] of canaries.all) assert.ok(!log.includes(canary), `the log holds ${what}`);
});
