import assert from "node:assert/strict";
import { openEngine } from "../../../db/kv/open.ts";
import { Unavailable } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import type { Account, Store } from "../../../db/store.ts";
import { numbers } from "../contract/cast.ts";
import { KvFile } from "./file.ts";

/** Reads until it is answered, as whoever is told "unavailable" does: many write to one file here. */
async function read(store: Store): Promise<Account | undefined> {
  while (true) {
    try {
      return await store.account("asha");
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }
}

Deno.test("kv: an account of a former version gets its id when it is read, one id whoever reads it", async () => {
  using file = new KvFile();
  const { engine } = await openEngine(file.path);
  const former = { username: "asha", password: "$argon2id$", email: "asha@example.com", created: 1_000 };
  await engine.kv.set(["account", "asha"], former);
  const stores = await Promise.all(numbers(4).map(() => openStore(file.url)));
  const [first, ...others] = await Promise.all(stores.map(read));
  assert.match(first!.id, /^[0-9a-f]{32}$/);
  for (const account of [first, ...others]) {
    assert.deepEqual(account, { ...former, id: first!.id, legacy: true });
  }
  await stores[0]!.setPassword("asha", "$argon2id$new");
  assert.deepEqual(await stores[1]!.account("asha"), { ...first!, password: "$argon2id$new" });
  await Promise.all(stores.map((store) => store.close()));
  engine.close();
});
