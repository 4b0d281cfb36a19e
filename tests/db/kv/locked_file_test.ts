import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { Unavailable } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import { draft, numbers, send, veraAtAsha } from "../contract/fixtures.ts";

Deno.test("a KV file whose lock another process holds for a moment is waited for", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const store = await openStore(`kv:${folder}/parlor.kv`);
  const other = new DatabaseSync(`${folder}/parlor.kv`);
  other.exec("BEGIN IMMEDIATE");
  const kept = store.keep("name", "value");
  await new Promise((resolve) => setTimeout(resolve, 100));
  other.exec("COMMIT");
  assert.equal(await kept, "value");
  assert.equal(await store.kept("name"), "value");
  other.close();
  await store.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("while another program holds a KV file reads go on, and writes are refused within seconds", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const store = await openStore(`kv:${folder}/parlor.kv`);
  await send(store, veraAtAsha, "hello");
  const other = new DatabaseSync(`${folder}/parlor.kv`);
  other.exec("BEGIN IMMEDIATE");
  const began = performance.now();
  const writes = Promise.allSettled([
    ...numbers(8).map((n) => store.appendMessage(draft(veraAtAsha, `${n}`, { client_id: `${n}` }))),
    ...numbers(8).map((n) => store.openRoom({ admin: "asha", consumer: `v${n}` }, 1)),
    store.ready(),
  ]);
  for (let times = 0; times < 20; times++) {
    const asked = performance.now();
    assert.equal((await store.messagesAfter(veraAtAsha, 0, 10)).length, 1);
    assert.equal((await store.room(veraAtAsha))?.head, 1);
    assert(performance.now() - asked < 1_000, `a read took ${performance.now() - asked} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const one of await writes) assert(one.status === "rejected" && one.reason instanceof Unavailable);
  assert(performance.now() - began < 9_000, `refused after ${performance.now() - began} ms`);
  await assert.rejects(store.ready(), Unavailable);
  other.exec("COMMIT");
  other.close();
  await store.ready();
  const { message } = await store.appendMessage(draft(veraAtAsha, "1", { client_id: "1" }));
  assert.equal(message.seq, 2);
  await store.close();
  await Deno.remove(folder, { recursive: true });
});
