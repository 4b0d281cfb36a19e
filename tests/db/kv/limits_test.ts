import assert from "node:assert/strict";
import { openStore } from "../../../db/open.ts";
import { openKv } from "../../../db/kv.ts";
import { parsePhrases } from "../../../db/search_phrases.ts";
import { draft, morning, numbers, veraAtAsha, victorAtAsha } from "../contract/fixtures.ts";
import { KvFile } from "./file.ts";

const dayMs = 86_400_000;

Deno.test("kv: a value that is too large is refused before it is sent, alone among what is written with it", async () => {
  using file = new KvFile();
  const store = await openStore(file.url);
  const [first, tooLarge, second, doubled] = await Promise.allSettled([
    store.appendMessage(draft(veraAtAsha, "one")),
    store.appendMessage(draft(veraAtAsha, "x".repeat(65_536))),
    store.appendMessage(draft(veraAtAsha, "two")),
    // One character outside Latin-1 makes every character of the string take two bytes.
    store.appendMessage(draft(veraAtAsha, "漢" + "x".repeat(33_000))),
  ]);
  assert(first.status === "fulfilled" && second.status === "fulfilled");
  assert.deepEqual([first.value.message.seq, second.value.message.seq], [1, 2]);
  for (const one of [tooLarge, doubled]) {
    assert(one.status === "rejected" && one.reason instanceof RangeError, JSON.stringify(one));
    assert.match(one.reason.message, /bytes: Deno KV takes at most 65536/);
  }
  await store.close();
});

Deno.test("kv: the longest messages at once fit into as many changes as they need", async () => {
  using file = new KvFile();
  const store = await openStore(file.url);
  const long = (n: number) =>
    numbers(700).map((word) => `w${word * n}`).join(" ").slice(0, 3_950) + "🌿".repeat(20);
  await Promise.all(numbers(200).map((n) => store.appendMessage(draft(veraAtAsha, long(n)))));
  const messages = await store.messagesAfter(veraAtAsha, 0, 200);
  assert.deepEqual(messages.map(({ seq, content }) => [seq, content]), numbers(200).map((n) => [n, long(n)]));
  await store.close();
});

Deno.test("kv: a client_id is known for a week by our own clock, whenever the engine forgets it", async () => {
  using file = new KvFile();
  let now = morning;
  const store = await openKv(file.path, {}, () => now);
  const say = () => store.appendMessage(draft(veraAtAsha, "hello", { client_id: "one" }));
  assert.equal((await say()).fresh, true);
  now += 7 * dayMs - 1;
  assert.equal((await say()).fresh, false);
  now += 2;
  const { fresh, message } = await say();
  assert.deepEqual([fresh, message.seq], [true, 2]);
  assert.equal((await say()).message.seq, 2, "the later one is known now");
  await store.close();
});

Deno.test("kv: a search finds the newest 500 messages of a room, by their first twenty words", async () => {
  using file = new KvFile();
  const store = await openStore(file.url);
  const find = async (q: string, limit = 1_000) => {
    const { found } = await store.searchMessages("asha", { phrases: parsePhrases(q), limit });
    return found.map(({ message }) => message.seq);
  };
  for (const from of [0, 300, 600]) {
    await Promise.all(
      numbers(300).map((n) => store.appendMessage(draft(veraAtAsha, `tea number ${from + n}`))),
    );
  }
  const found = await find("tea ");
  assert(found.length >= 500 && found.length <= 760, `${found.length} found`);
  assert.deepEqual(found, numbers(900).slice(-found.length).reverse());
  const words = numbers(25).map((n) => `word${n}`).join(" ");
  await store.appendMessage(draft(victorAtAsha, words));
  assert.deepEqual([await find("word20 "), await find("word21 ")], [[1], []]);
  await store.close();
});
