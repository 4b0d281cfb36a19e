import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { openStore } from "../../db/open.ts";
import { KvFile } from "./kv/file.ts";
import { testPostgres } from "./postgres/server.ts";
import { DatabaseFile } from "./sqlite/database_file.ts";

/** Answered commits after which the writer is killed, at the earliest. */
const enough = 60;

/** Runs the writer, kills it in the middle, and gives the numbers that it was answered for. */
async function killedBurst(url: string): Promise<number[]> {
  const file = fileURLToPath(new URL("records_burst.ts", import.meta.url));
  const args = ["run", "--allow-all", "--no-check", file, url];
  const burst = new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
  let said = "", killed = false;
  for await (const chunk of burst.stdout.pipeThrough(new TextDecoderStream())) {
    said += chunk;
    if (!killed && said.split("\n").length > enough) {
      killed = true;
      burst.kill("SIGKILL");
    }
  }
  assert.equal((await burst.status).signal, "SIGKILL");
  return said.split("\n").slice(0, -1).map(Number);
}

/** What was answered is there, and of a commit that was not, all or nothing. */
async function outlives(url: string): Promise<void> {
  const answered = await killedBurst(url);
  const { records, close } = await openStore(url);
  const stored = await records.list("burst", ["asha"], { limit: 100_000 });
  const found = new Set(stored.map(({ value }) => value));
  assert.deepEqual(answered.filter((n) => !found.has(n)), []);
  assert.equal(await records.counter("burst", ["asha"]), stored.length);
  await close();
}

Deno.test("sqlite: records and counters that were answered for outlive kill -9", async () => {
  using file = new DatabaseFile();
  await outlives(file.url);
});

Deno.test("kv: records and counters that were answered for outlive kill -9", async () => {
  using file = new KvFile();
  await outlives(file.url);
});

testPostgres(
  "records and counters that were answered for outlive kill -9",
  (server) => outlives(server.schema()),
);
