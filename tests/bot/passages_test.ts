import assert from "node:assert/strict";
import { Models } from "../../bot/brain/models.ts";
import { Shop } from "./brain_cast.ts";

const passage = (n: number, text: string) => ({
  ...{ workspace: "asha", article: `article${String(n).padStart(5, "0")}`, n: 1 },
  ...{ title: `Page ${n}`, url: `https://lamps.example/${n}`, text },
});

Deno.test("passages and answers that share the question's words are found, the most similar first", async () => {
  await using shop = await Shop.open();
  await shop.write({ id: "warranty0001", title: "How long is the warranty?", body: "Two years." });
  await shop.writePassages([
    passage(1, "Our lamps are made of brass. Wipe the shade with a dry cloth only."),
    passage(2, "Delivery to Norway takes five days and costs nine euros."),
    passage(3, "Die Lieferung nach Österreich dauert drei Tage."),
    passage(4, "真鍮のシェードは乾いた布で拭いてください。"),
  ]);
  const titles = async (text: string) =>
    (await shop.brain.passages("asha", text)).map(({ source }) => source.title);
  assert.equal((await titles("how do I clean the brass shade"))[0], "Page 1");
  assert.equal((await titles("how much is shipping to norway"))[0], "Page 2");
  assert.equal((await titles("Lieferzeit nach Osterreich"))[0], "Page 3");
  assert.equal((await titles("シェードの拭き方"))[0], "Page 4");
  const [warranty] = await shop.brain.passages("asha", "warranty of a lamp");
  assert.deepEqual(warranty, {
    source: { answer: "warranty0001", title: "How long is the warranty?" },
    text: "Two years.",
  });
  assert.deepEqual(await titles("🦔"), []);
  assert.deepEqual(await shop.brain.passages("bruno", "brass"), [], "another workspace's");
});

Deno.test("at most five texts and 4,000 characters are found", async () => {
  await using shop = await Shop.open();
  await shop.writePassages(Array.from({ length: 20 }, (_, n) => passage(n, "brass lamp ".repeat(100 - n))));
  const found = await shop.brain.passages("asha", "brass lamp");
  assert.ok(found.length > 1 && found.length <= 5);
  assert.ok(found.reduce((sum, { text }) => sum + text.length, 0) <= 4_000);
});

Deno.test("indexes count as memory: the workspaces that asked last are kept", async () => {
  await using shop = await Shop.open();
  const models = new Models(shop.store, (error) => shop.faults.push(error), 2_500_000);
  const asked = ["asha", "bruno", "clara"];
  for (const workspace of asked) {
    await shop.write({ id: "warranty0001", title: "How long is the warranty?" }, workspace);
    await models.get(workspace);
  }
  assert.deepEqual(models.kept, asked, "what they have learnt is small");
  for (const workspace of asked) await models.index(workspace);
  assert.deepEqual(models.kept, ["bruno", "clara"]);
  await models.close();
});

Deno.test("5,000 passages are searched within milliseconds, in bounded memory, and the loop turns while they are read", async () => {
  await using shop = await Shop.open();
  const words = Array.from({ length: 5_000 }, (_, n) => `w${(n * 7_919 % 5_000).toString(36)}lamp${n % 97}`);
  const text = (n: number) =>
    Array.from({ length: 100 }, (_, i) => words[(n * 31 + i * i) % 5_000]).join(" ");
  await shop.writePassages(
    Array.from({ length: 5_000 }, (_, n) => passage(n, n === 4_321 ? "The turquoise switch" : text(n))),
  );
  let longest = 0, last = performance.now();
  const turns = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  });
  const before = Deno.memoryUsage();
  const [found] = await shop.brain.passages("asha", "where is the turquoise switch");
  clearInterval(turns);
  const after = Deno.memoryUsage();
  assert.equal(found?.source.title, "Page 4321");
  assert.ok(longest < 250, `the event loop was held for ${longest} ms`);
  assert.ok((after.external - before.external) / 1e6 < 60, "its arrays");
  const times: number[] = [];
  for (let n = 0; n < 20; n++) {
    const begun = performance.now();
    await shop.brain.passages("asha", `${text(n).slice(0, 80)}`);
    times.push(performance.now() - begun);
  }
  assert.ok(times.sort((a, b) => a - b)[10]! < 20, `${times[10]} ms`);
});
