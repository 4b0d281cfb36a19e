import assert from "node:assert/strict";
import { openBus } from "../../db/open_bus.ts";
import { Collection } from "../../db/collection.ts";
import { openStore } from "../../db/open.ts";
import { KvFile } from "./kv/file.ts";
import { testPostgres } from "./postgres/server.ts";

const labels = new Collection({
  name: "labels",
  schema: { parse: (value) => value as { name: string } },
  key: ({ name }) => ["asha", name],
  isWatched: true,
});

/** Time from the acknowledged change until another process has reported it. Milliseconds. */
async function msUntilTold(url: string, ...args: string[]): Promise<number> {
  const script = new URL("changes_follower.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--unstable-kv", "-A", script, url, ...args],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const store = await openStore(url, { instance: "writer" });
  const bus = (await openBus(url, { instance: "writer" }))!;
  try {
    store.changes.onChange = ({ owner, collection }) =>
      bus.publish({ type: "collection_changed", admin: owner, collection });
    assert.match((await lines.read()).value ?? "", /following/);
    await labels.put(store, { name: "urgent" });
    const began = performance.now();
    assert.match((await lines.read()).value ?? "", /changed/);
    return performance.now() - began;
  } finally {
    child.kill("SIGKILL");
    await lines.cancel();
    await child.status;
    await bus.close();
    await store.close();
  }
}

// A KV watch on a file only reports changes of its own process; on Deno Deploy it reports all:
// tests/db/kv_test.ts.
Deno.test("kv: another process finds a changed collection that it was not told of", async () => {
  using file = new KvFile();
  const ms = await msUntilTold(file.url, "deaf");
  assert(ms < 6_000, `found after ${ms} ms`);
});

testPostgres(
  "another process is told of a changed collection within a second, and finds it if it was not",
  async (server) => {
    const url = server.schema();
    const [toldMs, foundMs] = [await msUntilTold(url), await msUntilTold(url, "deaf")];
    assert(toldMs < 1_000, `told after ${toldMs} ms`);
    assert(foundMs < 3_000, `found after ${foundMs} ms`);
  },
);
