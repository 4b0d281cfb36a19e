import assert from "node:assert/strict";
import { Parlor, password, test } from "../../harness/parlor.ts";
import { type Route, sitemapOf } from "../sitemap.ts";

/** Public routes; all others are for admins. */
const open = [
  "GET /",
  "GET /healthz",
  "GET /readyz",
  "GET /metrics",
  "GET /messages",
  "GET /messages/x",
  "GET /messages/app.webmanifest",
  "GET /messages/icon.svg",
  "GET /messages/worker.js",
  "GET /widget.js",
  "GET /widget.d.ts",
  "GET /widget/frame",
  "GET /widget/look",
  "GET /widget/host_frame.js",
  "GET /assets/x",
  "GET /chatbot/asha/7c9c2c5e-1d8f-4c52-9f0a-5d0f3a3f7a11",
  "GET /ws/chat/asha/7c9c2c5e-1d8f-4c52-9f0a-5d0f3a3f7a11",
  "GET /ws/room/asha",
  "POST /accounts/api/signup",
  "POST /accounts/api/login",
  "GET /accounts/api/invitations/x",
  "POST /accounts/api/invitations/x/accept",
  "POST /chatbot/api/asha/session",
  "GET /chatbot/api/asha/suggested",
];
const isOpen = ({ method, path }: Route) => open.includes(`${method} ${path.replace(/(?<=.)\/$/, "")}`);

const call = (parlor: Parlor, { method, path }: Route, headers: Record<string, string> = {}) =>
  parlor.fetch(path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(method === "GET" ? {} : { body: "{}" }),
  });

const said = ({ method, path }: Route) => `${method} ${path}`;

Deno.test("every door that is not everybody's opens to a living session alone", async () => {
  // What is refused is paid for: there are too many doors for one address.
  await using parlor = await Parlor.start({ LIMIT_COST_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha");
  const visitor = await parlor.visit(asha);
  const login = await parlor.post("/accounts/api/login", { username: "asha", password });
  const ended = (await login.json()).token;
  const device = login.headers.getSetCookie()[1]!.split(";")[0]!.split("=")[1]!;
  await parlor.post("/accounts/api/logout", {}, { authorization: `Bearer ${ended}` });
  const [header, claims] = asha.token.split(".");
  const shown: Record<string, string>[] = [
    {},
    ...[ended, visitor.token, device, "", "x", `${header}.${claims}.`, `${asha.token}x`].flatMap((
      token,
    ): Record<string, string>[] => [
      { authorization: `Bearer ${token}` },
      { cookie: `parlor_session=${token}` },
    ]),
    { cookie: `parlor_device=${asha.token}` },
    { authorization: `Basic ${btoa(`asha:${password}`)}` },
  ];
  const doors = (await sitemapOf(parlor)).filter((route) => !isOpen(route));
  assert.ok(doors.length >= 15, `${doors.length} doors`);
  for (const door of doors) {
    for (const headers of shown) {
      const response = await call(parlor, door, headers);
      assert.equal(response.status, 401, `${said(door)} with ${JSON.stringify(headers).slice(0, 60)}`);
      assert.equal((await response.json()).error.code, "not_signed_in");
    }
  }
  const inUrl = await parlor.fetch(`/accounts/api/me?token=${asha.token}&access_token=${asha.token}`);
  assert.equal(inUrl.status, 401, "a token in an address is none");
  assert.equal(
    (await call(parlor, { method: "GET", path: "/accounts/api/me" }, { cookie: asha.cookie })).status,
    200,
  );
});

/** Origins that resemble the service's but differ. */
function hostileOrigins(own: string): string[] {
  const { hostname, port } = new URL(own);
  return [
    "https://evil.example",
    "null",
    "",
    `${own}.evil.example`,
    `${own}@evil.example`,
    `http://evil.example/${own}`,
    `http://evil${hostname}:${port}`,
    own.replace("http:", "https:"),
    `http://${hostname}`,
    `http://${hostname}:${Number(port) + 1}`,
    `http://localhost:${port}`,
    `${own}/`,
    own.toUpperCase(),
    `${own} ${own}`,
    `${own}, ${own}`,
    "file://",
    "chrome-extension://abcdefghijklmnop",
    "*",
  ];
}

test("whatever changes something is refused to a page elsewhere, session or not, and nothing changes", async () => {
  // Thousands of requests.
  await using parlor = await Parlor.start({ LIMIT_COST_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha");
  await parlor.post("/chatbot/api", { title: "Mine", allowed_origins: ["https://shop.example"] }, {
    cookie: asha.cookie,
  });
  const shown: Record<string, string>[] = [
    { cookie: asha.cookie },
    { authorization: `Bearer ${asha.token}` },
    {},
  ];
  const changing = (await sitemapOf(parlor)).filter(({ method }) => method !== "GET");
  assert.ok(changing.length >= 10);
  for (const route of changing) {
    for (const origin of hostileOrigins(parlor.address)) {
      for (const headers of shown) {
        const response = await raw(parlor, route, { ...headers, origin });
        assert.match(response, /^HTTP\/1.1 403 /, `${said(route)} from ${JSON.stringify(origin)}`);
        assert.doesNotMatch(response, /^access-control-allow/mi, `${said(route)} from ${origin}`);
      }
    }
  }
  const mine = await (await parlor.fetch("/chatbot/api", { headers: { cookie: asha.cookie } })).json();
  assert.equal(mine.title, "Mine");
});

/** Sends a request with an arbitrary Origin, which `fetch` does not allow. Returns the response's head. */
async function raw(
  parlor: Parlor,
  { method, path }: Route,
  headers: Record<string, string>,
): Promise<string> {
  const { hostname, port, host } = new URL(parlor.address);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = Object.entries({
    host,
    connection: "close",
    "content-type": "application/json",
    "content-length": "2",
    ...headers,
  });
  const text = `${method} ${path} HTTP/1.1\r\n${
    lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")
  }\r\n{}`;
  await connection.write(new TextEncoder().encode(text));
  return (await new Response(connection.readable).text()).split("\r\n\r\n")[0]!;
}

function checkHeaders(headers: Headers, about: string, { https = false, html = false } = {}) {
  const value = (name: string) => headers.get(name) ?? "";
  assert.equal(value("x-content-type-options"), "nosniff", about);
  assert.match(value("referrer-policy"), /^(no-referrer|strict-origin-when-cross-origin)$/, about);
  assert.match(value("permissions-policy"), /camera=\(\)/, about);
  assert.equal(value("cross-origin-opener-policy"), "same-origin", about);
  assert.match(value("cross-origin-resource-policy"), /^(same|cross)-origin$/, about);
  assert.equal(value("strict-transport-security") !== "", https, about);
  for (const name of ["server", "x-powered-by"]) assert.equal(value(name), "", about);
  const policy = value("content-security-policy");
  assert.match(policy, /^default-src 'none'/, about);
  // A worker has no base URL and no embedding frames.
  if (!about.includes("worker.js")) {
    assert.match(policy, /base-uri 'none'.*frame-ancestors |frame-ancestors .*base-uri 'none'/, about);
  }
  assert.doesNotMatch(policy, /unsafe|script-src[^;]*(\*|data:|blob:|https?:)/, about);
  if (html) assert.match(policy, /script-src '(self|nonce-[\w-]+)'/, about);
}

test("the headers are on every answer: pages, data, errors, refused upgrades", async () => {
  for (const https of [false, true]) {
    await using parlor = await Parlor.start(https ? { PUBLIC_URL: "https://chat.example.com" } : {});
    const asha = await parlor.signUp("asha");
    const routes = [
      ...await sitemapOf(parlor),
      { method: "GET", path: "/nowhere" },
      { method: "PATCH", path: "/chatbot/api" },
      { method: "OPTIONS", path: "/chatbot/api" },
      { method: "GET", path: "/%" },
      { method: "GET", path: "/chatbot/asha/%E0%A4%A" },
      { method: "GET", path: "/chatbot/nobody/7c9c2c5e-1d8f-4c52-9f0a-5d0f3a3f7a11" },
      { method: "DELETE", path: "/messages/api/nowhere" },
    ];
    for (const route of routes) {
      for (const headers of [{}, { cookie: asha.cookie }] as Record<string, string>[]) {
        if (said(route) === "DELETE /messages/api/account") continue;
        const response = await call(parlor, route, headers);
        const html = response.status === 200 && response.headers.get("content-type")?.startsWith("text/html");
        checkHeaders(response.headers, `${said(route)} ${response.status}`, { https, html });
        for (const cookie of response.headers.getSetCookie()) {
          assert.match(cookie, /; HttpOnly; SameSite=(Lax|Strict);/, said(route));
          assert.equal(cookie.endsWith("; Secure"), https, said(route));
        }
      }
    }
    const huge = await parlor.fetch("/accounts/api/login", { method: "POST", body: "x".repeat(70_000) });
    checkHeaders(huge.headers, "a body that is too big", { https });
  }
});

const hostileHosts = [
  "evil.example",
  "evil.example:8000",
  "127.0.0.1.evil.example",
  "chat.example.com.evil.example",
];

test("a forged Host or X-Forwarded-Host stands in no answer and makes nobody's origin ours", async () => {
  await using parlor = await Parlor.start({ PUBLIC_URL: "https://chat.example.com", TRUST_PROXY: "on" });
  const asha = await parlor.signUp("asha");
  for (const host of hostileHosts) {
    const forged: Record<string, string>[] = [
      { host },
      { "x-forwarded-host": host, forwarded: `host=${host}`, "x-original-url": `http://${host}/` },
    ];
    for (const headers of forged) {
      for (const route of await sitemapOf(parlor)) {
        const answer = await whole(parlor, route, headers);
        assert.ok(!answer.includes("evil.example"), `${said(route)} with ${JSON.stringify(headers)}`);
      }
      const own = await raw(parlor, { method: "POST", path: "/chatbot/api" }, {
        ...headers,
        origin: `https://${host}`,
        cookie: asha.cookie,
      });
      assert.match(own, /^HTTP\/1.1 403 /);
    }
  }
  const real = await raw(parlor, { method: "POST", path: "/chatbot/api" }, {
    host: "127.0.0.1",
    origin: "https://chat.example.com",
    cookie: asha.cookie,
  });
  assert.match(real, /^HTTP\/1.1 20[01] /, "the real one is");
});

test("behind a proxy that speaks TLS the service's own origin is the browser's, with the port in Host or without", async () => {
  await using parlor = await Parlor.start({ TRUST_PROXY: "on" });
  await parlor.signUp("asha");
  for (const host of ["chat.example.com", "chat.example.com:443"]) {
    const answer = await raw(parlor, { method: "POST", path: "/accounts/api/login" }, {
      host,
      origin: "https://chat.example.com",
      "x-forwarded-proto": "https",
    });
    assert.match(answer, /^HTTP\/1.1 400 /, `${host}: not refused as another's: ${answer}`);
    assert.match(answer, /^strict-transport-security: /mi);
  }
  const elsewhere = await raw(parlor, { method: "POST", path: "/accounts/api/login" }, {
    host: "chat.example.com:444",
    origin: "https://chat.example.com",
    "x-forwarded-proto": "https",
  });
  assert.match(elsewhere, /^HTTP\/1.1 403 /);
});

test("a Host that is no host is refused, and harms nobody", async () => {
  await using parlor = await Parlor.start();
  for (
    const host of [
      "",
      "a b",
      "evil.example/path?",
      "[::1",
      "user@evil.example",
      "evil.example:99999",
      "%00",
      "ä",
    ]
  ) {
    const head = await raw(parlor, { method: "GET", path: "/healthz" }, { host });
    // A server may also close such a connection without a response.
    assert.match(head, /^$|^HTTP\/1.1 400 /, `${host}: ${head}`);
  }
  assert.equal((await parlor.fetch("/healthz")).status, 200);
  assert.equal(parlor.lines.filter((line) => line.includes("unhandled")).length, 0);
});

async function whole(
  parlor: Parlor,
  { method, path }: Route,
  headers: Record<string, string>,
): Promise<string> {
  const { hostname, port, host } = new URL(parlor.address);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = Object.entries({ host, connection: "close", ...headers });
  const text = `${method} ${path} HTTP/1.1\r\n${
    lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")
  }\r\n`;
  await connection.write(new TextEncoder().encode(text));
  return await new Response(connection.readable).text();
}

test("a name that is written as no text is nobody's, from another site too", async () => {
  await using parlor = await Parlor.start();
  for (const path of ["/chatbot/api/%ff/session", "/chatbot/api/%/session", "/chatbot/api?username=%25"]) {
    for (const method of path.includes("?") ? ["GET"] : ["POST"]) {
      const response = await parlor.fetch(path, { method, headers: { origin: "https://site.example" } });
      assert.equal(response.status, 404, path);
      assert.equal((await response.json()).error.code, "unknown_admin");
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    }
  }
  assert.deepEqual(parlor.lines.filter((line) => line.includes("request_failed")), []);
});
