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

Deno.test("acts are recorded with who did them, and without what was written or is secret", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await joinTeam(parlor, asha, "ben", { role: "manager", name: "Ben" });
  const consumer = crypto.randomUUID(), gone = crypto.randomUUID();
  for (const id of [consumer, gone]) await (await parlor.chat(asha, id)).say("a canary among texts");
  const call = (route: string, body?: unknown) => callAs(parlor, ben, route, { body, workspace: "asha" });
  await call("POST /blocked", { consumer });
  await call(`DELETE /blocked/${consumer}`);
  await call("POST /rooms/bulk", { consumers: [consumer], act: { status: "resolved" } });
  await call(`DELETE /rooms/${gone}`);
  const headers = { authorization: `Bearer ${ben.token}`, "parlor-workspace": "asha" };
  await parlor.fetch("/messages/api/export", { headers });
  await parlor.post("/chatbot/api", { title: "A canary of the settings" }, headers);
  const secret = await parlor.post("/chatbot/api/identity-secret", {}, {
    authorization: `Bearer ${asha.token}`,
  });
  assert.equal(secret.status, 201);
  const { answer } = await callAs(parlor, asha, "GET /audit");
  const acts = answer.entries.toReversed().map(({ act, by, target }: Json) => [by?.username, act, target]);
  const since = acts.findIndex(([, act]: string[]) => act === "visitor_blocked");
  assert.deepEqual(acts.slice(since), [
    ["ben", "visitor_blocked", consumer],
    ["ben", "visitor_unblocked", consumer],
    ["ben", "rooms_changed", undefined],
    ["ben", "visitor_erased", undefined],
    ["ben", "exported", undefined],
    ["ben", "settings_changed", undefined],
    ["asha", "identity_secret_changed", undefined],
  ]);
  const first = acts.slice(0, since).map(([name, act]: string[]) => `${name} ${act}`);
  for (const act of ["asha signed_in", "asha invited", "ben signed_in"]) assert(first.includes(act), act);
  const text = JSON.stringify(answer);
  for (const kept of ["canary", (await secret.json()).secret, gone]) assert(!text.includes(kept), kept);
});
