import assert from "node:assert/strict";
import { Parlor, test } from "../../harness/parlor.ts";
import { startArguments } from "../../harness/service_process.ts";

test("the sitemap: what is there, what is not, and the headers on all of it", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const table: [string, number][] = [
    ["/", 302],
    ["/messages", 200],
    ["/messages/", 200],
    ["/healthz", 200],
    ["/readyz", 200],
    [`/chatbot/asha/${crypto.randomUUID()}`, 200],
    [`/chatbot/nobody/${crypto.randomUUID()}`, 404],
    ["/ws/room/asha", 404],
    ["/nowhere", 404],
    ["/accounts/api/signup", 404],
    ["/chatbot/api", 401],
  ];
  for (const [path, status] of table) {
    const response = await parlor.fetch(path);
    assert.equal(response.status, status, path);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff", path);
    assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'/, path);
    assert.doesNotMatch(response.headers.get("content-security-policy") ?? "", /unsafe/, path);
  }
  assert.equal((await parlor.fetch("/")).headers.get("location"), "/messages");
});

test("the version is that of deno.json, of the changelog's first entry, and what --version says", async () => {
  const { version } = JSON.parse(await Deno.readTextFile("deno.json"));
  await using parlor = await Parlor.start();
  assert.deepEqual(await (await parlor.fetch("/healthz")).json(), { status: "ok", version });
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [...startArguments(), "--version"],
  }).output();
  assert.equal(new TextDecoder().decode(stdout), `Parlor ${version}\n`);
  const [, newest] = /^## (\d\S+)/m.exec(await Deno.readTextFile("CHANGELOG.md"))!;
  assert.equal(newest, version);
});

test("readiness follows the store", async () => {
  await using parlor = await Parlor.start();
  parlor.running.service.draining = true;
  assert.equal((await parlor.fetch("/readyz")).status, 503);
  assert.equal((await parlor.fetch("/healthz")).status, 200);
  parlor.running.service.draining = false;
});

test("who asks without end whether it is ready makes the store write now and then, not each time", async () => {
  await using parlor = await Parlor.start();
  const { store } = parlor.running.service.chat;
  const ready = store.ready;
  let asked = 0;
  store.ready = () => (asked++, ready());
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: 100 }, () => parlor.fetch("/readyz")));
  for (const { status } of answers) assert.equal(status, 200);
  const most = 1 + Math.floor((performance.now() - began) / 250);
  assert.ok(asked >= 1 && asked <= most, `${asked} writes, ${most} at most`);
});

test("a guessable consumer on the test page is the first browser's", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const first = await parlor.fetch("/chatbot/asha/1234");
  assert.equal(first.status, 200);
  const cookie = first.headers.getSetCookie()[0]!.split(";")[0]!;
  assert.equal((await parlor.fetch("/chatbot/asha/1234", { headers: { cookie } })).status, 200);
  for (const forged of [undefined, "parlor_tester=1234", `${cookie.slice(0, -8)}AAAAAAAA`]) {
    const other = await parlor.fetch("/chatbot/asha/1234", { headers: forged ? { cookie: forged } : {} });
    assert.equal(other.status, 403);
    assert.match(await other.text(), /Another browser/);
  }
});

test("the log has a line for each request and socket, and none of what people wrote or showed", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = await parlor.visit(asha);
  const canaries = [
    vera.token,
    vera.consumer,
    asha.token,
    "correct horse",
    "canary in a message",
    "canary in a query",
  ];
  const visitor = await parlor.chat(asha, vera.consumer, vera.token);
  await visitor.say("canary in a message");
  visitor.send("{ canary in a message");
  await visitor.next("error");
  visitor.close();
  await visitor.closed();
  await parlor.fetch(`/nowhere?q=${encodeURIComponent("canary in a query")}`);
  await parlor.fetch(`/chatbot/asha/${vera.consumer}`);
  await parlor.post("/accounts/api/login", { username: "asha", password: "correct horse wrong" });
  await visitor.until(() => parlor.lines.some((line) => line.includes('"event":"socket"')));
  const log = parlor.lines.join("\n");
  assert.ok(log.includes('"path":"/accounts/api/login","status":401'));
  for (const canary of canaries) assert.ok(!log.includes(canary), canary);
});
