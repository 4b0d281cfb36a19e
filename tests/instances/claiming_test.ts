import assert from "node:assert/strict";
import { openStore } from "../../db/open.ts";
import { draft, morning, numbers } from "../db/contract/fixtures.ts";
import { testPostgres } from "../db/postgres/server.ts";

const count = 1_000, agents = numbers(6).map((n) => `agent${n}`);

async function claimed(url: string, own: string[]): Promise<string[]> {
  const program = new URL("claimer.ts", import.meta.url).pathname;
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", program, url, own.join(), agents.join()],
    stderr: "inherit",
  }).output();
  assert(success);
  return new TextDecoder().decode(stdout).trim().split("\n").filter(Boolean);
}

testPostgres(`three processes share out ${count} new rooms: none twice, loads within one`, async (server) => {
  const url = server.schema();
  const store = await openStore(url);
  await Promise.all(
    numbers(count).map((n) =>
      store.appendMessage(draft({ admin: "asha", consumer: `v${n}` }, "hello", { at: morning + n }))
    ),
  );
  const claims = (await Promise.all([0, 1, 2].map((i) => claimed(url, agents.slice(2 * i, 2 * i + 2)))))
    .flat();
  assert.equal(claims.length, count);
  assert.equal(new Set(claims.map((claim) => claim.split(" ")[0])).size, count);
  const loads = await Promise.all(agents.map((agent) => store.load("asha", agent)));
  assert.ok(Math.max(...loads) - Math.min(...loads) <= 1, `${loads}`);
  assert.deepEqual(
    loads,
    agents.map((agent) => claims.filter((claim) => claim.endsWith(` ${agent}`)).length),
  );
  assert.equal((await store.roomCounts("asha", "agent1")).unassigned, 0);
  await store.close();
});
