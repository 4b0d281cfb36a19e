import assert from "node:assert/strict";
import { type Answer, answers } from "../../../db/collections/knowledge/answers.ts";
import { Parlor, test } from "../../harness/parlor.ts";

const answerOf = (id: string, title: string, more: Partial<Answer> = {}): Answer => ({
  workspace: "asha",
  id: id.padEnd(12, "0"),
  title,
  phrases: [],
  body: "Paper shades are warm to the touch.",
  locales: {},
  buttons: [],
  enabled: true,
  source: "manual",
  updated: 1,
  version: 1,
  ...more,
});

const spanish = { title: "¿Se calienta la pantalla?", phrases: [], body: "Un poco." };

async function ask(parlor: Parlor, path: string, headers: Record<string, string> = {}) {
  const response = await parlor.fetch(`/chatbot/api/${path}`, { headers });
  return { response, titles: (await response.json()).questions?.map(({ title }: Answer) => title) };
}

test("anyone reads the suggested questions in its language while the bot answers", async () => {
  await using parlor = await Parlor.start();
  const { cookie } = await parlor.signUp("asha");
  const { store } = parlor.running.service.chat;
  const all = [
    answerOf("a", "How warm may a shade get?", { locales: { es: spanish } }),
    answerOf("b", "Which bulb fits?", { enabled: false }),
    answerOf("c", "Can I hang it outdoors?"),
  ];
  for (const answer of all) await answers.put(store, answer);
  await answers.put(store, answerOf("d", "Another workspace's", { workspace: "bela" }));
  const suggested = ["c", "a", "b", "d"].map((id) => id.padEnd(12, "0"));
  await parlor.post("/chatbot/api", { bot: { mode: "answer", suggested } }, { cookie });
  const { response, titles } = await ask(parlor, "ASHA/suggested");
  assert.deepEqual(titles, ["Can I hang it outdoors?", "How warm may a shade get?"], "in the owner's order");
  assert.equal(response.headers.get("cache-control"), "public, max-age=60");
  for (const locale of ["es", "es-419", "ES_mx"]) {
    const { titles } = await ask(parlor, `asha/suggested?locale=${locale}`);
    assert.deepEqual(titles, ["Can I hang it outdoors?", "¿Se calienta la pantalla?"], locale);
  }
  assert.deepEqual((await ask(parlor, `asha/suggested?locale=${"x".repeat(900)}`)).titles, titles);
  await parlor.post("/chatbot/api", { locale: "es" }, { cookie });
  assert.equal((await ask(parlor, "asha/suggested?locale=nl")).titles[1], "¿Se calienta la pantalla?");
  for (const mode of ["suggest", "off"]) {
    await parlor.post("/chatbot/api", { bot: { mode } }, { cookie });
    assert.deepEqual((await ask(parlor, "asha/suggested")).titles, [], mode);
  }
  assert.equal((await ask(parlor, "nobody/suggested")).response.status, 404);
});

test("suggested questions are read by the sites that the chatbot allows, and not without end", async () => {
  await using parlor = await Parlor.start({ LIMIT_COST_PER_ADDRESS: "20/60" });
  const { cookie } = await parlor.signUp("asha");
  await parlor.post("/chatbot/api", { allowed_origins: ["https://shop.example"] }, { cookie });
  const granted = async (origin: string) =>
    (await ask(parlor, "asha/suggested", { origin })).response.headers.get("access-control-allow-origin");
  assert.equal(await granted("https://shop.example"), "https://shop.example");
  assert.equal(await granted("https://else.example"), null);
  const statuses = new Set<number>();
  for (let i = 0; i < 60; i++) statuses.add((await ask(parlor, "asha/suggested")).response.status);
  assert.deepEqual([...statuses], [200, 429]);
});
