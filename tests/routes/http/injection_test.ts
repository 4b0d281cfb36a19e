import assert from "node:assert/strict";
import { type Admin, Parlor, test } from "../../harness/parlor.ts";
import { type Route, sitemapOf } from "../sitemap.ts";

/** Texts with a special meaning in some engine, language or format. */
const hostile: string[] = [
  `'`,
  `"`,
  `' OR '1'='1`,
  `'; DROP TABLE messages; --`,
  `') UNION SELECT hash FROM accounts --`,
  `asha'--`,
  `%' OR 1=1 --`,
  `_%`,
  `\\`,
  `\\u0000`,
  `a" OR "a`,
  `"unclosed`,
  `NEAR(a b)`,
  `a AND NOT`,
  `*`,
  `^a -b {c d}:e`,
  `$1`,
  `?1`,
  `:name`,
  `{"$ne":null}`,
  `{"$gt":""}`,
  `[$ne]`,
  `__proto__`,
  `constructor`,
  `toString`,
  `../../etc/passwd`,
  `9007199254740993`,
  `-1`,
  `1e400`,
  `NaN`,
  `null`,
  `created; DELETE FROM rooms`,
  `created DESC, (SELECT 1)`,
  `\u2028\uFEFF`,
  `語🙂`.repeat(50),
  `a`.repeat(5_000),
];
const names = [
  "q",
  "cursor",
  "limit",
  "status",
  "sort",
  "order",
  "before",
  "after",
  "__proto__",
  "filter[$ne]",
];
const fields = [
  ...["username", "password", "new_password", "email", "consumer", "token", "identity", "proof", "name"],
  ...[
    "title",
    "greeting",
    "allowed_origins",
    "prechat",
    "hours",
    "attributes",
    "endpoint",
    "keys",
    "everywhere",
  ],
];

/**
 * Bodies with this text in every field: as it is, as an operator, in a list, and as JSON with a prototype
 * key.
 */
function* bodies(text: string): Iterable<string> {
  const all = (value: unknown) => JSON.stringify(Object.fromEntries(fields.map((field) => [field, value])));
  yield all(text);
  yield all({ $ne: text, $where: text });
  yield all([text, { [text]: text }]);
  yield `{"__proto__":{"polluted":${JSON.stringify(text)}},"constructor":{"prototype":{"polluted":1}}}`;
}

/** URLs with this text in each path parameter and in each query parameter. */
function* addresses({ path }: Route, text: string): Iterable<string> {
  const encoded = encodeURIComponent(text);
  yield `${path}?${names.map((name) => `${encodeURIComponent(name)}=${encoded}`).join("&")}`;
  yield `${path}?${encoded}=${encoded}`;
  if (path.includes("7c9c2c5e")) yield path.replace(/7c9c2c5e[^/]*/, encoded);
  if (/\/x$/.test(path)) yield path.replace(/x$/, encoded);
  if (path.includes("asha")) yield path.replace("asha", encoded);
}

async function ask(
  parlor: Parlor,
  route: Route,
  path: string,
  headers: Record<string, string>,
  body?: string,
) {
  const response = await parlor.fetch(path, {
    method: route.method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body }),
  });
  assert.ok(response.status < 500, `${route.method} ${path.slice(0, 100)} ${body ?? ""}: ${response.status}`);
}

async function kept(parlor: Parlor, admin: Admin, consumer: string): Promise<unknown[]> {
  const { store } = parlor.running.service.chat;
  const key = { admin: admin.username, consumer };
  return [
    await store.account(admin.username),
    await store.chatbot(admin.username),
    await store.room(key),
    await store.messagesAfter(key, 0, 100),
  ];
}

test("whatever stands in paths, queries and bodies is a value: no fault, no prototype touched, nothing of others", async () => {
  await using parlor = await Parlor.start({
    LIMIT_LOGINS: "off",
    LIMIT_GUESSES: "off",
    LIMIT_ROOMS_PER_ADDRESS: "off",
  });
  const [asha, bruno] = [await parlor.signUp("asha"), await parlor.signUp("bruno")];
  const consumer = crypto.randomUUID();
  await (await parlor.chat(bruno, consumer)).say("a secret");
  const before = await kept(parlor, bruno, consumer);
  // Excludes logout: without a session the remaining requests would be rejected early.
  const routes = (await sitemapOf(parlor)).filter(({ path }) => !path.includes("logout"));
  let asked = 0;
  for (const route of routes) {
    for (const text of hostile) {
      for (const path of addresses(route, text)) {
        await ask(parlor, route, path, { authorization: `Bearer ${asha.token}` });
        asked++;
      }
      if (route.method === "GET") continue;
      for (const body of bodies(text)) {
        await ask(parlor, route, route.path, { authorization: `Bearer ${asha.token}` }, body);
        asked++;
      }
    }
  }
  assert.ok(asked > 3_000, `${asked} were asked`);
  assert.deepEqual(parlor.lines.filter((line) => line.includes('"level":"error"')), []);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  assert.deepEqual(await kept(parlor, bruno, consumer), before);
  for (const { cookie } of [asha, bruno]) {
    assert.equal((await parlor.fetch("/accounts/api/me", { headers: { cookie } })).status, 200);
  }
});
