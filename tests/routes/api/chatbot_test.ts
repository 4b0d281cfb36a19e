import assert from "node:assert/strict";
import { Parlor, test } from "../../harness/parlor.ts";

test("a chatbot is made, changed field by field, and read whole by its admin, in part by anyone", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), as = { cookie: asha.cookie };
  const first = await parlor.post("/chatbot/api", {
    greeting: "Namaste!",
    allowed_origins: ["https://shop.example"],
  }, as);
  assert.equal(first.status, 201);
  const second = await parlor.post(
    "/chatbot/api/",
    { title: "Asha's shop", prechat: { email: "required" } },
    as,
  );
  assert.equal(second.status, 200);
  const whole = await second.json();
  assert.deepEqual([whole.greeting, whole.title, whole.prechat], ["Namaste!", "Asha's shop", {
    name: "off",
    email: "required",
  }]);
  assert.deepEqual(await (await parlor.fetch("/chatbot/api", { headers: as })).json(), whole);

  const open = await (await parlor.fetch("/chatbot/api?username=ASHA")).json();
  assert.deepEqual([open.username, open.title, open.allowed_origins], ["asha", "Asha's shop", undefined]);
  assert.equal((await parlor.fetch("/chatbot/api?username=nobody")).status, 404);
  assert.equal((await parlor.fetch("/chatbot/api")).status, 401);
  assert.equal((await parlor.post("/chatbot/api", { title: "stolen" })).status, 401);
});

test("a wrong setting is refused by its name and changes nothing", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), as = { cookie: asha.cookie };
  const table: [object, string][] = [
    [{ title: "" }, "title"],
    [{ title: "x".repeat(81) }, "title"],
    [{ accent: "teal" }, "accent"],
    [{ avatar_url: "http://shop.example/a.png" }, "avatar_url"],
    [{ avatar_url: "javascript:alert(1)" }, "avatar_url"],
    [{ allowed_origins: ["https://shop.example/path"] }, "allowed_origins.0"],
    [{ allowed_origins: ["*"] }, "allowed_origins.0"],
    [{ position: "top" }, "position"],
    [{ business_hours: { time_zone: "Mars/Olympus" } }, "business_hours.time_zone"],
    [{ business_hours: { ranges: [{ day: 8, from: "09:00", to: "17:00" }] } }, "business_hours.ranges.0.day"],
    [{ business_hours: { ranges: [{ day: 1, from: "17:00", to: "09:00" }] } }, "business_hours.ranges.0"],
    [{ locale: "not a locale" }, "locale"],
    [{ colour: "#000000" }, "colour"],
  ];
  for (const [patch, field] of table) {
    const response = await parlor.post("/chatbot/api", { subtitle: "changed", ...patch }, as);
    const { error } = await response.json();
    assert.deepEqual(
      [response.status, Object.keys(error.fields ?? {})],
      [400, [field]],
      JSON.stringify(patch),
    );
  }
  assert.equal((await (await parlor.fetch("/chatbot/api", { headers: as })).json()).subtitle, "");
});

test("a visitor's session is opened, renewed by its token, and never another's", async () => {
  await using parlor = await Parlor.start();
  const [asha, bruno] = [await parlor.signUp("asha"), await parlor.signUp("bruno")];
  const vera = await parlor.visit(asha);
  assert.equal(vera.online, false);
  const again = await parlor.visit(asha, { token: vera.token });
  assert.equal(again.consumer, vera.consumer);
  const post = (admin: string, body: unknown, headers = {}) =>
    parlor.post(`/chatbot/api/${admin}/session`, body, headers);
  const veraAtBruno = await parlor.visit(bruno);
  for (
    const asked of [
      { consumer: "1234" },
      { consumer: "1234", token: vera.token },
      { token: veraAtBruno.token },
      { token: "forged" },
      { token: asha.token },
    ]
  ) assert.equal((await post("asha", asked)).status, 401, JSON.stringify(Object.keys(asked)));
  assert.equal((await post("nobody", {})).status, 404);
  assert.equal((await post("asha", { consumer: "a b" })).status, 400);
  const inbox = await parlor.inbox(asha);
  assert.equal((await parlor.visit(asha)).online, true);
  assert.deepEqual(
    (await inbox.ask({ command: "fetch_rooms" }, "room")).rooms,
    [],
    "a session makes no room",
  );
});

test("a site that the chatbot allows may open a session and read the public part, others may not", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  await parlor.post("/chatbot/api", { allowed_origins: ["https://shop.example"] }, { cookie: asha.cookie });
  const from = async (origin: string) => {
    const session = await parlor.post("/chatbot/api/asha/session", {}, { origin });
    const ask = await parlor.fetch("/chatbot/api/asha/session", { method: "OPTIONS", headers: { origin } });
    const part = await parlor.fetch("/chatbot/api?username=asha", { headers: { origin } });
    const granted = [session, ask, part].map((response) =>
      response.headers.get("access-control-allow-origin")
    );
    assert.equal(session.headers.get("access-control-allow-credentials"), null);
    return [session.status, ...granted];
  };
  const shop = "https://shop.example";
  assert.deepEqual(await from(shop), [200, shop, shop, shop]);
  assert.deepEqual(await from("https://evil.example"), [403, null, null, null]);
  assert.deepEqual(await from("null"), [403, null, null, null]);
});

Deno.test("names thought up by the hundred fill no database, and who begins to write has its own all the same", async () => {
  await using parlor = await Parlor.start({ LIMIT_ROOMS_PER_ADDRESS: "3/3600" });
  const asha = await parlor.signUp("asha");
  const { store } = parlor.running.service.chat;
  const consumers: string[] = [];
  for (let i = 0; i < 20; i++) {
    consumers.push((await parlor.visit(asha, { name: `Visitor ${i}` })).consumer);
  }
  const kept = await Promise.all(consumers.map((consumer) => store.visitor({ admin: "asha", consumer })));
  assert.equal(kept.filter((visitor) => visitor !== undefined).length, 3);

  const inbox = await parlor.inbox(asha);
  await (await parlor.chat(asha, consumers[19]!)).say("Hello");
  assert.equal((await inbox.next("room_updated")).room.visitor.name, "Visitor 19");
  await parlor.visit(asha, { consumer: consumers[0]!, name: "Somebody else" });
  assert.equal((await store.visitor({ admin: "asha", consumer: consumers[0]! }))!.name, "Somebody else");
});
