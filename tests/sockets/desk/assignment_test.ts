import assert from "node:assert/strict";
import { Parlor, test } from "../../harness/parlor.ts";
import { hire, inboxOf } from "../../harness/hire.ts";
import { callAs } from "../../harness/team.ts";
import { entriesOf, roomOf, updated } from "./rooms.ts";

test("a room is taken and assigned; each change is one entry of its log, a repeat none", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_");
  const { consumer } = await roomOf(parlor, asha);
  const [his, hers] = [await inboxOf(parlor, "asha", ben), await inboxOf(parlor, "asha", asha)];

  his.send({ command: "take", consumer });
  assert.equal((await updated(hers, (room) => room.assignee !== undefined)).assignee, ben.id);
  await updated(his, (room) => room.assignee === ben.id);
  his.send({ command: "take", consumer });
  await updated(his, (room) => room.assignee === ben.id);
  await hers.hearsNo("room_updated");
  const taken = await entriesOf(parlor, "asha", consumer);
  assert.deepEqual(taken.map(({ kind, by, detail }) => [kind, by, detail]), [
    ["assigned", ben.id, { agent: ben.id, team: null, was: { agent: null, team: null }, why: "taken" }],
  ]);

  const team = await (await parlor.post("/messages/api/teams", { name: "Sales" }, { cookie: asha.cookie }))
    .json();
  hers.send({ command: "assign", consumer, team: team.id });
  const ofTeam = await updated(his, (room) => room.team !== undefined);
  assert.deepEqual([ofTeam.team, ofTeam.assignee], [team.id, undefined], "a team alone clears the agent");
  hers.send({ command: "assign", consumer, agent: ben.id });
  const both = await updated(his, (room) => room.assignee !== undefined);
  assert.deepEqual([both.team, both.assignee], [team.id, ben.id], "an agent keeps the team");
  const { notice } = await his.next("notice");
  assert.deepEqual([notice.kind, notice.consumer], ["assigned", consumer], "who gets it is notified");
  await his.hearsNo("notice");
  assert.equal((await entriesOf(parlor, "asha", consumer)).length, 3);
});

test("nobody is assigned who may not reply, or is not of the workspace; the loser of a race gets the room", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), eve = await parlor.signUp("eve_");
  const olga = await hire(parlor, asha, "olga", { role: "observer" });
  const ben = await hire(parlor, asha, "ben_");
  const { consumer, vera } = await roomOf(parlor, asha);
  const inbox = await inboxOf(parlor, "asha", asha), watching = await inboxOf(parlor, "asha", olga);
  for (const agent of [olga.id, "zzzzzzzzzzzz"]) {
    const { error } = await inbox.ask({ command: "assign", consumer, agent }, "error");
    assert.equal(error.code, "invalid_input");
  }
  const noTeam = await inbox.ask({ command: "assign", consumer, team: "zzzzzzzzzzzz" }, "error");
  assert.equal(noTeam.error.code, "invalid_input");
  for (const frame of [{ command: "take" }, { command: "snooze", until: "reply" }, { command: "label" }]) {
    assert.equal((await watching.ask({ ...frame, consumer }, "error")).error.code, "not_allowed");
  }
  assert.equal((await vera.ask({ command: "take" }, "error")).error.code, "forbidden");
  const outsider = await parlor.open("/ws/room/asha", {
    protocols: ["parlor.v1", `bearer.${eve.token}`],
  });
  assert.equal(await outsider.closed(), 4403);

  inbox.send({ command: "assign", consumer, agent: ben.id, expect: { agent: null } });
  await updated(inbox, (room) => room.assignee === ben.id);
  const late = { command: "assign", consumer, agent: null, team: null, expect: { agent: null } };
  const { error, re } = await inbox.ask(late, "error");
  assert.deepEqual([error.code, error.room.assignee, re], ["conflict", ben.id, "assign"]);
  assert.equal((await entriesOf(parlor, "asha", consumer)).length, 1);
});

test("a reply takes a room that has nobody, without an answer of its own; with one member nothing does", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), solo = await parlor.signUp("solo");
  const ben = await hire(parlor, asha, "ben_");
  const { consumer } = await roomOf(parlor, asha);
  const [his, hers] = [await inboxOf(parlor, "asha", ben), await inboxOf(parlor, "asha", asha)];
  await his.say("Here I am", { consumer });
  assert.equal((await updated(hers, (room) => room.assignee !== undefined)).assignee, ben.id);
  await hers.say("Me too", { consumer });
  await hers.hearsNo("room_updated");
  const [entry, ...more] = await entriesOf(parlor, "asha", consumer);
  assert.deepEqual([entry!.kind, entry!.by, entry!.detail!.why, more], ["assigned", ben.id, "replied", []]);

  const alone = await roomOf(parlor, solo);
  const inbox = await parlor.inbox(solo);
  await inbox.say("Hello", { consumer: alone.consumer });
  await inbox.hearsNo("room_updated", 400);
  assert.deepEqual(await entriesOf(parlor, "solo", alone.consumer), []);
});

test("in an assigned room only its agent's reading is the admin's; a room marked as unread looks read to its visitor", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_");
  const { consumer, vera } = await roomOf(parlor, asha);
  const [his, hers] = [await inboxOf(parlor, "asha", ben), await inboxOf(parlor, "asha", asha)];
  his.send({ command: "take", consumer });
  await updated(hers, (room) => room.assignee === ben.id);
  hers.send({ command: "read", consumer, seq: 1 });
  await hers.ask({ command: "fetch_rooms" }, "room");
  await vera.hearsNo("read");
  his.send({ command: "read", consumer, seq: 1 });
  assert.equal((await vera.next("read")).seq, 1);

  his.send({ command: "mark_unread", consumer });
  const unread = await updated(hers, (room) => room.unread > 0);
  assert.deepEqual([unread.unread, unread.read.admin], [1, 0]);
  assert.equal((await vera.ask({ command: "fetch_messages" }, "messages")).read.admin, 1);
  his.send({ command: "read", consumer, seq: 1 });
  assert.equal((await hers.next("read")).seq, 1);
  await vera.hearsNo("read");
  await vera.say("And?");
  his.send({ command: "read", consumer, seq: 2 });
  assert.equal((await vera.next("read")).seq, 2);
});

test("the rooms of a member who is removed or demoted go back to the queue, and to who is there", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_"), cleo = await hire(parlor, asha, "cleo");
  const hers = await inboxOf(parlor, "asha", asha);
  for (
    const [member, route, body] of [
      [ben, `DELETE /members/${ben.id}`, undefined],
      [cleo, `PATCH /members/${cleo.id}`, { role: "observer" }],
    ] as const
  ) {
    const { consumer } = await roomOf(parlor, asha);
    hers.send({ command: "assign", consumer, agent: member.id });
    await updated(hers, (room) => room.assignee === member.id);
    const { status } = await callAs(parlor, asha, route, { body, workspace: "asha" });
    assert.ok(status < 300, `${status}`);
    await updated(hers, (room) => room.consumer === consumer && room.assignee === undefined);
    const entries = await entriesOf(parlor, "asha", consumer);
    assert.equal(entries.at(-1)!.detail!.why, "left");
  }
});
