import assert from "node:assert/strict";
import { openStore } from "../../../db/open.ts";
import type { Store } from "../../../db/store.ts";
import { forwards } from "../promises/message_pages.ts";
import { numbers } from "../promises/cast.ts";
import { DatabaseFile } from "./database_file.ts";

const rounds = 3;
/** Answered messages after which a burst is killed, at the earliest. */
const enough = 400;

Deno.test("whatever the store has answered for outlives kill -9, each message once and without a gap", async () => {
  using file = new DatabaseFile();
  const answered: string[] = [];
  for (const round of numbers(rounds)) {
    answered.push(...await killedBurst(file.url, round));
    const store = await openStore(file.url);
    const stored = await history(store);
    await store.close();
    assert(answered.length >= enough * round);
    const missing = answered.filter((line) => !stored.has(line));
    assert.deepEqual(missing, []);
  }
});

/** Runs a burst, kills it in the middle, and gives the lines it said. */
async function killedBurst(url: string, round: number): Promise<string[]> {
  const burst = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      "--no-check",
      new URL("burst.ts", import.meta.url).pathname,
      url,
      `${round}`,
    ],
    stdout: "piped",
  }).spawn();
  let said = "", killed = false;
  for await (const chunk of burst.stdout.pipeThrough(new TextDecoderStream())) {
    said += chunk;
    if (!killed && said.split("\n").length > enough) {
      killed = true;
      burst.kill("SIGKILL");
    }
  }
  assert.equal((await burst.status).signal, "SIGKILL");
  return said.split("\n").slice(0, -1);
}

/** Everything stored, as the burst says it. Seqs are checked on the way, and that no message is there twice. */
async function history(store: Store): Promise<Set<string>> {
  const lines = new Set<string>();
  let count = 0;
  for (const consumer of ["c0", "c1", "c2", "c3", "c4"]) {
    const messages = await forwards(store, { admin: "asha", consumer }, 200);
    assert.deepEqual(messages.map(({ seq }) => seq), numbers(messages.length));
    assert.equal(new Set(messages.map(({ client_id }) => client_id)).size, messages.length);
    for (const { seq, content } of messages) lines.add(`${consumer} ${seq} ${content}`);
    count += messages.length;
  }
  assert.equal(lines.size, count);
  return lines;
}
