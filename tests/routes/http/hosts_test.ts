import assert from "node:assert/strict";
import { raw } from "../../harness/raw_request.ts";
import { Parlor, password, test } from "../../harness/parlor.ts";

type Headers = Record<string, string>;

async function ask(parlor: Parlor, line: string, headers: Headers, body = "") {
  const all = { ...headers, connection: "close", ...(body && { "content-length": `${body.length}` }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return await raw(parlor.address, [`${line} HTTP/1.1`, ...lines, "", body].join("\r\n"));
}

const upgrade = {
  connection: "upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
};

/** The status of an attempt to open a socket under this Host. */
async function openSocket(parlor: Parlor, host: string): Promise<number> {
  const { hostname, port } = new URL(parlor.address);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = Object.entries({ host, ...upgrade }).map(([name, value]) => `${name}: ${value}`);
  await connection.write(
    new TextEncoder().encode(["GET /ws/room/asha HTTP/1.1", ...lines, "", ""].join("\r\n")),
  );
  const buffer = new Uint8Array(4_096);
  const n = await connection.read(buffer);
  return Number(new TextDecoder().decode(buffer.subarray(0, n ?? 0)).split(" ")[1]);
}

test("with PUBLIC_URL every request's Host is held to it, but that of machines", async () => {
  await using parlor = await Parlor.start({
    PUBLIC_URL: "https://chat.example.com",
    PORTAL_ORIGINS: "https://www.example.com",
    METRICS_TOKEN: "a-token-of-some-length",
  });
  await parlor.signUp("asha");
  const foreign = [
    "evil.example",
    "evil.example:8000",
    "chat.example.com.evil.example",
    "127.0.0.1.evil.example",
  ];
  for (const host of foreign) {
    for (const path of ["/messages", "/accounts/api/me", "/widget.js", "/widget/frame?admin=asha", "/"]) {
      const answer = await ask(parlor, `GET ${path}`, { host });
      assert.equal(answer.status, 403, `${host} ${path}`);
      assert.match(answer.body, /This service answers at https:\/\/chat\.example\.com/);
      assert.doesNotMatch(answer.body, /evil/);
    }
    assert.equal(await openSocket(parlor, host), 403, host);
    for (const path of ["/healthz", "/readyz", "/healthz/"]) {
      assert.equal((await ask(parlor, `GET ${path}`, { host })).status, 200, `${host} ${path}`);
    }
    const bearer = { authorization: "Bearer a-token-of-some-length" };
    assert.equal((await ask(parlor, "GET /metrics", { host, ...bearer })).status, 200);
  }
  const own = [
    "chat.example.com",
    "chat.example.com:443",
    "chat.example.com:8443",
    "www.example.com",
    "127.0.0.1:8000",
    "10.1.2.3",
    "[::1]:8000",
    "localhost",
    "parlor:8000",
  ];
  for (const host of own) {
    assert.equal((await ask(parlor, "GET /accounts/api/me", { host })).status, 401, host);
    assert.equal(await openSocket(parlor, host), 101, host);
  }
  const lines = parlor.lines.filter((line) => line.includes("host_refused"));
  assert.equal(lines.length, 1, "said once");
  assert.doesNotMatch(lines[0]!, /evil/);
});

test("without METRICS_TOKEN no proxy and no led name reads the metrics", async () => {
  for (const env of [{ PUBLIC_URL: "https://chat.example.com" }, { TRUST_PROXY: "on" }] as Headers[]) {
    await using parlor = await Parlor.start(env);
    assert.equal((await parlor.fetch("/metrics")).status, 404, JSON.stringify(env));
  }
  await using parlor = await Parlor.start();
  for (const host of ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"]) {
    assert.equal((await ask(parlor, "GET /metrics", { host })).status, 200, host);
  }
  for (
    const host of ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "parlor"]
  ) {
    assert.equal((await ask(parlor, "GET /metrics", { host })).status, 404, host);
  }
});

test("behind a proxy that writes its own Host the service says what to set", async () => {
  const body = JSON.stringify({ username: "asha", password });
  const behind = (parlor: Parlor) =>
    ask(parlor, "POST /accounts/api/login", {
      host: "127.0.0.1:8200",
      origin: "https://chat.example.com",
      "content-type": "application/json",
    }, body);
  {
    await using parlor = await Parlor.start();
    for (let i = 0; i < 2; i++) {
      const refused = await behind(parlor);
      assert.equal(refused.status, 403);
      assert.match(refused.body, /"forbidden".*PUBLIC_URL.*TRUST_PROXY/);
    }
    const said = parlor.lines.filter((line) => line.includes("origin_refused"));
    assert.equal(said.length, 1, "once");
    assert.match(said[0]!, /PUBLIC_URL/);
    assert.doesNotMatch(said[0]!, /chat\.example/, "who asked stands in no log");
  }
  await using parlor = await Parlor.start({ PUBLIC_URL: "https://chat.example.com", TRUST_PROXY: "on" });
  await parlor.signUp("asha");
  assert.equal((await behind(parlor)).status, 200);
});
