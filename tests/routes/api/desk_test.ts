import assert from "node:assert/strict";
import { type Admin, Parlor } from "../../harness/parlor.ts";
import { hire, inboxOf } from "../../harness/hire.ts";
import { entriesOf, roomOf, updated } from "../../sockets/desk/rooms.ts";

/** Calls the portal's API in asha's workspace. */
const caller = (parlor: Parlor) => async (by: Admin, method: string, path: string, body?: unknown) => {
  const response = await parlor.fetch(`/messages/api${path}`, {
    method,
    headers: {
      "cookie": by.cookie,
      "parlor-workspace": "asha",
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
};

Deno.test("teams are made, changed and deleted; rooms and members lose a deleted one", async () => {
  await using parlor = await Parlor.start();
  const call = caller(parlor);
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_");
  const made = await call(asha, "POST", "/teams", { name: "Sales", members: [ben.id] });
  assert.deepEqual([made.status, made.body.assignment, made.body.members], [201, "manual", [ben.id]]);
  const { id } = made.body;
  assert.equal((await call(asha, "POST", "/teams", { name: "sales" })).status, 400, "names are unique");
  assert.equal((await call(asha, "POST", "/teams", { name: "X", members: ["zzzzzzzzzzzz"] })).status, 400);
  const changed = await call(asha, "PATCH", `/teams/${id}`, { assignment: "balanced" });
  assert.deepEqual(changed.body, { ...made.body, assignment: "balanced" });
  assert.equal((await call(ben, "PATCH", `/teams/${id}`, { name: "Mine" })).status, 403);
  assert.deepEqual((await call(ben, "GET", "/teams")).body, { teams: [changed.body] });

  const { consumer } = await roomOf(parlor, asha);
  const inbox = await inboxOf(parlor, "asha", asha);
  inbox.send({ command: "assign", consumer, team: id });
  await updated(inbox, ({ team }) => team === id);
  assert.equal((await call(asha, "DELETE", `/teams/${id}`)).status, 204);
  await updated(inbox, ({ team }) => team === undefined);
  const { members } = (await call(asha, "GET", "/members")).body;
  assert.ok(members.every(({ teams }: { teams: string[] }) => teams.length === 0));
  assert.equal((await call(asha, "DELETE", `/teams/${id}`)).status, 404);
});

Deno.test("labels are made, put on rooms, listed by box, and leave rooms when deleted", async () => {
  await using parlor = await Parlor.start();
  const call = caller(parlor);
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_");
  const refund = (await call(asha, "POST", "/labels", { name: "Refund", colour: "#FF0000" })).body;
  const vip = (await call(asha, "POST", "/labels", { name: "VIP" })).body;
  assert.equal(refund.colour, "#ff0000");
  assert.equal((await call(asha, "POST", "/labels", { name: "refund" })).status, 400);
  assert.equal((await call(ben, "POST", "/labels", { name: "Mine" })).status, 403);
  const { consumer } = await roomOf(parlor, asha);
  const inbox = await inboxOf(parlor, "asha", ben);
  inbox.send({ command: "label", consumer, add: [refund.id, vip.id] });
  await updated(inbox, ({ labels }) => labels?.length === 2);
  inbox.send({ command: "label", consumer, add: [refund.id] });
  await updated(inbox, ({ labels }) => labels?.length === 2);
  assert.equal((await entriesOf(parlor, "asha", consumer)).length, 1);
  assert.equal(
    (await inbox.ask({ command: "label", consumer, add: ["zzzzzzzzzzzz"] }, "error")).error.code,
    "invalid_input",
  );
  const page = async (id: string) =>
    (await inbox.ask({ command: "fetch_rooms", box: `label:${id}` }, "room")).rooms.length;
  assert.deepEqual([await page(refund.id), await page(vip.id)], [1, 1]);
  assert.equal((await call(asha, "DELETE", `/labels/${refund.id}`)).status, 204);
  assert.deepEqual((await updated(inbox, ({ labels }) => labels?.length === 1)).labels, [vip.id]);
  assert.deepEqual((await call(ben, "GET", "/labels")).body, { labels: [vip] });
});

Deno.test("one act on many rooms: each has its result, and at most 200 are done at once", async () => {
  await using parlor = await Parlor.start();
  const call = caller(parlor);
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_");
  const olga = await hire(parlor, asha, "olga", { role: "observer" });
  const { store } = parlor.running.service.chat;
  const consumers = Array.from({ length: 199 }, () => crypto.randomUUID());
  await Promise.all(consumers.map((consumer) => store.openRoom({ admin: "asha", consumer }, Date.now())));
  const asked = [...consumers, "nobody"];
  const act = { assign: { agent: ben.id } };
  const done = await call(asha, "POST", "/rooms/bulk", { consumers: asked, act });
  assert.equal(done.status, 200);
  assert.deepEqual(done.body.results.map(({ consumer }: { consumer: string }) => consumer), asked);
  assert.ok(done.body.results.slice(0, 199).every(({ ok }: { ok: boolean }) => ok));
  assert.deepEqual(done.body.results[199], {
    consumer: "nobody",
    ok: false,
    error: { code: "invalid_input", message: "consumer: no such room" },
  });
  assert.equal(await store.load("asha", ben.id), 199);
  await call(ben, "POST", "/rooms/bulk", { consumers: consumers.slice(0, 50), act: { status: "resolved" } });
  await call(ben, "POST", "/rooms/bulk", { consumers: consumers.slice(50, 60), act: { snooze: "reply" } });
  assert.equal(await store.load("asha", ben.id), 139);

  for (
    const body of [
      { consumers: [...asked, "one-more"], act },
      { consumers, act: {} },
      { consumers, act: { status: "resolved", snooze: null } },
    ]
  ) assert.equal((await call(asha, "POST", "/rooms/bulk", body)).status, 400);
  assert.equal((await call(olga, "POST", "/rooms/bulk", { consumers, act: { status: "open" } })).status, 403);
});
