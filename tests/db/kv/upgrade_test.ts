import assert from "node:assert/strict";
import { openEngine } from "../../../db/kv/open.ts";
import { openStore } from "../../../db/open.ts";
import { numbers } from "../promises/cast.ts";
import { KvFile } from "./file.ts";

Deno.test("kv: an account of a former version gets its id when it is read, one id whoever reads it", async () => {
  using file = new KvFile();
  const { engine } = await openEngine(file.path);
  const former = { username: "asha", password: "$argon2id$", email: "asha@example.com", created: 1_000 };
  await engine.kv.set(["account", "asha"], former);
  const stores = await Promise.all(numbers(4).map(() => openStore(file.url)));
  const read = await Promise.all(stores.map((store) => store.account("asha")));
  assert.match(read[0]!.id, /^[0-9a-f]{32}$/);
  for (const account of read) assert.deepEqual(account, { ...former, id: read[0]!.id, legacy: true });
  await stores[0]!.setPassword("asha", "$argon2id$new");
  assert.deepEqual(await stores[1]!.account("asha"), { ...read[0], password: "$argon2id$new" });
  await Promise.all(stores.map((store) => store.close()));
  engine.close();
});
