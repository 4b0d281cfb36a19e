import assert from "node:assert/strict";
import type { Client } from "../../harness/client.ts";
import { type Admin, Parlor, test } from "../../harness/parlor.ts";
import { hire, inboxOf } from "../../harness/hire.ts";
import type { TeamMember } from "../../harness/team.ts";
import { entriesOf, roomOf } from "./rooms.ts";

async function assigneesOf(inbox: Client): Promise<(string | undefined)[]> {
  const { rooms } = await inbox.ask({ command: "fetch_rooms", limit: 100 }, "room");
  return rooms.map(({ assignee }: { assignee?: string }) => assignee);
}

async function until(inbox: Client, test: (assignees: (string | undefined)[]) => boolean): Promise<void> {
  for (const began = Date.now(); !test(await assigneesOf(inbox));) {
    assert.ok(Date.now() - began < 20_000, JSON.stringify(await assigneesOf(inbox)));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const balanced = async (parlor: Parlor, { cookie }: Admin) => {
  const { status } = await parlor.post("/chatbot/api", { assignment: "balanced" }, { cookie });
  assert.equal(status < 300, true);
};

const loadsOf = (assignees: (string | undefined)[], agents: TeamMember[]) =>
  agents.map(({ id }) => assignees.filter((assignee) => assignee === id).length);

test("new rooms go to the agents who are here, by least load, up to what each can take", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_", { capacity: 3 });
  const cleo = await hire(parlor, asha, "cleo", { capacity: 3 });
  const dora = await hire(parlor, asha, "dora", { availability: "away" });
  const olga = await hire(parlor, asha, "olga", { role: "observer" });
  const watcher = await inboxOf(parlor, "asha", olga);
  for (const member of [ben, cleo, dora]) await inboxOf(parlor, "asha", member);
  await balanced(parlor, asha);
  for (let n = 0; n < 8; n++) await roomOf(parlor, asha);
  await until(watcher, (all) => all.filter((id) => id !== undefined).length === 6);
  assert.deepEqual(loadsOf(await assigneesOf(watcher), [ben, cleo, dora, olga]), [3, 3, 0, 0]);
  const { rooms } = await watcher.ask({ command: "fetch_rooms", box: "unassigned" }, "room");
  assert.equal(rooms.length, 2);
  const [first] = (await watcher.ask({ command: "fetch_rooms" }, "room")).rooms.filter((
    { assignee }: { assignee?: string },
  ) => assignee);
  const [entry] = await entriesOf(parlor, "asha", first.consumer);
  assert.deepEqual([entry!.by, entry!.detail!.why, entry!.detail!.agent], [
    undefined,
    "balanced",
    first.assignee,
  ]);
});

test("a waiting room is taken once somebody comes, has room again, or can take more", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_", { capacity: 1 });
  const olga = await hire(parlor, asha, "olga", { role: "observer" });
  const watcher = await inboxOf(parlor, "asha", olga);
  await balanced(parlor, asha);
  const rooms = [await roomOf(parlor, asha), await roomOf(parlor, asha), await roomOf(parlor, asha)];
  const inbox = await inboxOf(parlor, "asha", ben);
  await until(watcher, (all) => all.filter((id) => id === ben.id).length === 1);
  const { rooms: mine } = await inbox.ask({ command: "fetch_rooms", box: "mine" }, "room");
  assert.deepEqual(
    mine.map((room: { consumer: string }) => room.consumer),
    [rooms[0]!.consumer],
    "the longest waiting",
  );
  inbox.send({ command: "update_room", consumer: rooms[0]!.consumer, status: "resolved" });
  await until(watcher, (all) => all.filter((id) => id === ben.id).length === 2);
  inbox.send({ command: "availability", value: "away" });
  await inbox.next("member_updated");
  const fourth = await roomOf(parlor, asha);
  inbox.send({ command: "update_room", consumer: rooms[1]!.consumer, status: "resolved" });
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.deepEqual((await assigneesOf(watcher)).filter((id) => id === undefined).length, 2, "away: none");
  inbox.send({ command: "availability", value: "here" });
  await until(watcher, (all) => all.filter((id) => id === ben.id).length === 3);
  assert.ok(fourth);
});

test("a balanced team's rooms go to its members alone", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_"), cleo = await hire(parlor, asha, "cleo");
  const inbox = await inboxOf(parlor, "asha", asha);
  for (const member of [ben, cleo]) await inboxOf(parlor, "asha", member);
  const team = { name: "Sales", members: [cleo.id], assignment: "balanced" };
  const { id } = await (await parlor.post("/messages/api/teams", team, { cookie: asha.cookie })).json();
  for (let n = 0; n < 3; n++) {
    const { consumer } = await roomOf(parlor, asha);
    inbox.send({ command: "assign", consumer, team: id });
  }
  await until(inbox, (all) => all.filter((agent) => agent !== undefined).length === 3);
  assert.deepEqual(loadsOf(await assigneesOf(inbox), [ben, cleo]), [0, 3]);
});
