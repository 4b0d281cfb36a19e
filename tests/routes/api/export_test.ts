import assert from "node:assert/strict";
import { streamOf } from "../../../routes/api/export_api.ts";
import { eventually } from "../../harness/eventually.ts";
import { type Admin, Parlor, test } from "../../harness/parlor.ts";

const pathOf = "/messages/api/export";
const exportOf = (parlor: Parlor, { cookie }: Admin, signal?: AbortSignal) =>
  fetch(parlor.address + pathOf, { headers: { cookie }, signal });

test("an export tells all that is kept of visitors, also of those who gave a name and did not write", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const page = { url: "https://shop.example/tea", referrer: "https://search.example/" };
  const said = { page, locale: "de", time_zone: "Europe/Berlin", attributes: { plan: "gold" } };
  const writer = await parlor.visit(asha, said), named = await parlor.visit(asha, { ...said, name: "Nora" });
  const chat = await parlor.chat(asha, writer.consumer, writer.token);
  await chat.say("hello");
  await parlor.visit(asha, { ...said, token: writer.token });
  const lines = (await (await exportOf(parlor, asha)).text()).trimEnd().split("\n").map((line) =>
    JSON.parse(line)
  );
  assert.deepEqual(lines.map(({ type }) => type), ["room", "message", "visitor"]);
  assert.deepEqual([lines[0].consumer, lines[2].consumer, lines[2].name], [
    writer.consumer,
    named.consumer,
    "Nora",
  ]);
  for (const { facts } of [lines[0], lines[2]]) {
    assert.equal(facts.page, page.url);
    assert.equal(facts.referrer, page.referrer);
    assert.equal(facts.locale, "de");
    assert.equal(facts.time_zone, "Europe/Berlin");
    assert.ok(JSON.stringify(facts).includes("gold"));
    assert.match(facts.first_seen, /^\d{4}-.*Z$/);
    assert.match(facts.last_seen, /^\d{4}-.*Z$/);
  }
  const gone = await parlor.fetch(`/messages/api/rooms/${named.consumer}`, {
    method: "DELETE",
    headers: { cookie: asha.cookie },
  });
  assert.equal(gone.status, 204);
  assert.ok(!(await (await exportOf(parlor, asha)).text()).includes("Nora"));
});

test("an account has one export at a time; one that is left makes room for the next", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const { store } = parlor.running.service.chat;
  const long = { admin: "asha", side: "visitor", kind: "text", content: "語".repeat(4_000), at: 1 } as const;
  await Promise.all(
    Array.from({ length: 3_000 }, (_, i) => store.appendMessage({ ...long, consumer: `c${i % 30}` })),
  );
  let read = 0;
  const { messagesAfter } = store;
  store.messagesAfter = async (...asked) => {
    const page = await messagesAfter.apply(store, asked);
    read += page.length;
    return page;
  };
  const leave = new AbortController();
  const first = await exportOf(parlor, asha, leave.signal);
  assert.equal(first.status, 200);
  const second = await exportOf(parlor, asha);
  assert.equal(second.status, 429);
  assert.ok(Number(second.headers.get("retry-after")) > 0);
  assert.equal((await second.json()).error.code, "rate_limited");
  const other = await exportOf(parlor, bruno);
  assert.equal(await other.text(), "");
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.ok(read < 1_500, `${read} messages were read for somebody who takes nothing`);
  leave.abort();
  await eventually(async () => {
    const next = await exportOf(parlor, asha);
    await next.text();
    return next.status === 200;
  });
});

Deno.test("an export that nobody takes is given up, and makes room", async () => {
  let ended = 0, returned = false, pages = 0;
  async function* lines() {
    try {
      while (true) yield await Promise.resolve(`${++pages}`);
    } finally {
      returned = true;
    }
  }
  const reader = streamOf({ lines: lines(), end: () => ended++ }, 100).getReader();
  assert.equal(pages, 0, "nothing is read before it is asked for");
  for (let i = 0; i < 5; i++) await reader.read();
  assert.equal(pages, 5);
  await eventually(() => ended > 0);
  await assert.rejects(reader.read(), /Nobody takes it/);
  await eventually(() => returned);
});
