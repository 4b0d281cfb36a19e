import assert from "node:assert/strict";
import { raw } from "../../harness/raw_request.ts";
import { Parlor, password, refusal, test } from "../../harness/parlor.ts";
import { RawSocket } from "../../sockets/wires/raw_socket.ts";

type Headers = Record<string, string>;

async function ask(parlor: Parlor, line: string, headers: Headers, body = "") {
  const all = { ...headers, connection: "close", ...(body && { "content-length": `${body.length}` }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return await raw(parlor.address, [`${line} HTTP/1.1`, ...lines, "", body].join("\r\n"));
}

/** Opens a socket with this Host header and closes it. @throws the rejection */
async function openSocket({ address }: Parlor, host: string): Promise<void> {
  (await RawSocket.open(address, "/ws/room/asha", { host })).cut();
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
    await assert.rejects(openSocket(parlor, host), refusal(403), host);
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
    await openSocket(parlor, host);
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
