import assert from "node:assert/strict";
import { auditIn } from "../../../chat/audit/audit.ts";
import { Parlor } from "../../harness/parlor.ts";
import { callAs, joinTeam, type Json } from "../../harness/team.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

Deno.test("the owner alone reads the audit log: newest first, in pages, of one act, and whole as lines", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const manager = await joinTeam(parlor, asha, "ben", { role: "manager", name: "Ben" });
  const { chat } = parlor.running.service;
  const read = async (query: string) => (await callAs(parlor, asha, `GET /audit${query}`)).answer;
  const before = (await read("?limit=1")).entries[0].n;
  await Promise.all(
    numbers(20).map((n) =>
      auditIn(chat, "asha", {
        act: n % 4 === 0 ? "blocked" : "exported",
        target: `${n}`,
        by: { id: manager.id, username: "ben" },
      })
    ),
  );
  const all: Json[] = [];
  for (let query = "?limit=7";;) {
    const page = await read(query);
    all.push(...page.entries);
    if (!page.has_more) break;
    query = `?limit=7&before=${page.before}`;
  }
  assert.deepEqual(all.map(({ n }) => n), numbers(before + 20).reverse());
  assert.deepEqual(all[0].by, { id: manager.id, username: "ben", name: "Ben" });
  const blocked = await read("?act=blocked&limit=3");
  assert.deepEqual(blocked.entries.map(({ act }: Json) => act), ["blocked", "blocked", "blocked"]);
  const rest = await read(`?act=blocked&before=${blocked.before}`);
  assert.deepEqual([rest.entries.length, rest.has_more], [2, false]);
  const headers = { authorization: `Bearer ${asha.token}` };
  const lines = (await (await parlor.fetch("/messages/api/audit?format=ndjson", { headers })).text()).trim();
  assert.deepEqual(lines.split("\n").map((line) => JSON.parse(line)), all.toReversed());

  for (const workspace of ["asha", "ben"]) {
    const { status } = await callAs(parlor, manager, "GET /audit", { workspace });
    assert.equal(status, 403, workspace);
  }
  assert.equal((await parlor.fetch("/messages/api/audit")).status, 401);
  assert.equal((await callAs(parlor, asha, "GET /audit?limit=0")).status, 400);
});
