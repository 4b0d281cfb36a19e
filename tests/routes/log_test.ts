import assert from "node:assert/strict";
import { faultFields } from "../../chat/monitoring/log.ts";
import { openApp } from "../../routes/app.ts";
import { raw } from "../harness/raw_request.ts";
import { Parlor, password, test } from "../harness/parlor.ts";

const requests = (parlor: Parlor) =>
  parlor.lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "request");

test("a request is logged by its route, and other for what is none", async () => {
  await using parlor = await Parlor.start();
  const { app, loadAll } = openApp(parlor.running.service);
  const all = [app, ...await loadAll()].flatMap(({ routes }) => routes).filter(({ method }) =>
    method !== "ALL"
  );
  assert.ok(all.length > 30, `${all.length} routes`);
  for (const { method, path } of all) {
    // Path parameters get a recognizable name, which must not appear in the log.
    const asked = path.replace(/:\w+/g, "maria-lopez-1979").replace("*", "maria/lopez");
    parlor.lines.length = 0;
    await parlor.fetch(asked + (path === "/" ? "" : "/"), {
      method,
      ...(method === "GET" ? {} : { body: "{}", headers: { "content-type": "application/json" } }),
    });
    const [logged] = requests(parlor);
    const isSame = logged.path === path ||
      // A shorter path may match a longer pattern; neither contains the requested values.
      all.some((other) => other.path === logged.path && /[:*]/.test(other.path));
    assert.ok(isSame, `${path} is logged as ${logged.path}`);
  }
  parlor.lines.length = 0;
  for (
    const path of ["/maria@lopez.example", "/messages/api/maria", "/ws/maria/x", "/chatbot/api/x/y/z", "/%"]
  ) {
    await parlor.fetch(path);
  }
  await raw(parlor.address, "MARIA / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
  await raw(parlor.address, "GET /maria HTTP/1.1\r\nhost: maria/lopez\r\nconnection: close\r\n\r\n");
  const logged = new Set(requests(parlor).map(({ path }) => path));
  assert.deepEqual([...logged].filter((path) => !["other", "/", "/messages/*"].includes(path)), []);
  assert.doesNotMatch(parlor.lines.join("\n"), /maria/i);
});

Deno.test("of a fault its kind and place are logged, whatever its message and name look like", () => {
  const fake = "maria\n    at maria (file:///maria.ts:1:1)\n    at maria";
  assert.deepEqual(faultFields(Object.assign(new Error(fake), { name: fake })), { fault: "Error" });
  for (const error of [new Error(fake), new TypeError(fake)]) {
    const { fault, at } = faultFields(error);
    assert.match(`${fault}`, /^(Type)?Error$/);
    assert.match(`${at}`, /^at .*log_test\.ts:\d+:\d+\)?$/);
  }
  const changed = new Error(fake);
  changed.message = "another";
  assert.doesNotMatch(JSON.stringify(faultFields(changed)), /maria/);
  assert.match(`${faultFields(new Error("")).at}`, /log_test/);
  assert.deepEqual(faultFields("maria"), { fault: "string" });
});

test("HEAD tells the length of GET, or none, and sends no body", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  for (
    const path of [
      "/widget.js",
      "/healthz",
      "/messages",
      "/messages/api/export",
      "/accounts/api/me",
      "/nowhere",
    ]
  ) {
    const ask = (method: string) =>
      raw(
        parlor.address,
        `${method} ${path} HTTP/1.1\r\nhost: localhost\r\ncookie: ${asha.cookie}\r\nconnection: close\r\n\r\n`,
      );
    const [get, head] = [await ask("GET"), await ask("HEAD")];
    assert.equal(head.status, get.status, path);
    assert.equal(head.body, "", path);
    const length = head.headers.get("content-length");
    assert.ok(length === null || length === get.headers.get("content-length"), `${path}: ${length}`);
    assert.ok(length !== "0" || get.body === "", path);
  }
});

test("a blank after a name is no part of it, and costs no attempt", async () => {
  await using parlor = await Parlor.start({ LIMIT_LOGINS: "2/900" });
  assert.equal(
    (await parlor.post("/accounts/api/signup", { username: " bella-shop\u00a0", password })).status,
    201,
  );
  for (
    const name of [
      "bella-shop ",
      "Bella-Shop\u00a0",
      "\u3000bella-shop\u200b",
      "bella-shop\u2009\ufeff",
      "bella-shop\t",
    ]
  ) {
    const answer = await parlor.post("/accounts/api/login", { username: name, password });
    assert.equal(answer.status, 200, JSON.stringify(name));
    assert.equal((await answer.json()).username, "bella-shop");
  }
  const wrong = (username: string) =>
    parlor.post("/accounts/api/login", { username, password: "wrong password" }).then(({ status }) => status);
  assert.deepEqual([await wrong("bella-shop"), await wrong("bella-shop ")], [401, 401]);
  assert.equal(await wrong(" bella-shop"), 429, "all are tries of one account");
});
