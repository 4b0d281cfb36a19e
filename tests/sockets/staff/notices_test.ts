import assert from "node:assert/strict";
import { teams } from "../../../db/collections/teams.ts";
import { unreadMentions } from "../../../chat/staff/notices.ts";
import type { Client, Frame } from "../../harness/client.ts";
import { signUpMember } from "../../harness/member.ts";
import { type Admin, Parlor, test, v1 } from "../../harness/parlor.ts";

const support = "teamsupport1";

/** Asha's workspace with Ben (of the team Support) and Carla, each with an inbox, and a visitor's room. */
async function withTeam() {
  const parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await signUpMember(parlor, "asha", {
    username: "ben_sign_in",
    role: "agent",
    name: "Ben",
    teams: [support],
  });
  const carla = await signUpMember(parlor, "asha", {
    username: "carla",
    role: "observer",
    name: "Ben Okri",
  });
  const { chat } = parlor.running.service;
  const team = { workspace: "asha", id: support, name: "Support", assignment: "manual", created: 1 } as const;
  await teams.put(chat.store, team);
  const consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer);
  await visitor.say("hello");
  const [owner, agent, observer] = await Promise.all(
    [asha, ben, carla].map((member) => inboxOf(parlor, member)),
  ) as [Client, Client, Client];
  const note = (from: Client, text: string) =>
    from.send({ command: "note", consumer, client_id: crypto.randomUUID(), text });
  return { parlor, chat, asha, ben, carla, consumer, visitor, owner, agent, observer, note };
}

async function inboxOf(parlor: Parlor, { token }: Admin): Promise<Client> {
  const client = await parlor.open("/ws/room/asha", { protocols: v1(token) });
  client.send({ command: "subscribe" });
  await client.next("subscribed");
  return client;
}

const heard = ({ frames }: Client, command: string) => frames.filter((frame) => frame.command === command);

test("who is mentioned in a note is notified, by name or in a team, and nobody else", async () => {
  const { parlor, chat, ben, carla, consumer, owner, agent, observer, note } = await withTeam();
  await using _ = parlor;
  note(owner, "@BEN, please look; mail ben@ben.example");
  const { notice } = await agent.next("notice");
  const { created, by, ...rest } = notice;
  assert.deepEqual(rest, { n: 1, consumer, kind: "mention", entry: 1 });
  assert(Date.parse(created) > 0 && by.id);
  note(agent, "@Ben Okri: see @support");
  assert.equal((await observer.next("notice")).notice.entry, 2);
  const { entry } = (await owner.next("staff"), await owner.next("staff"));
  assert.deepEqual(entry.mentions, [carla.id, support]);
  assert.deepEqual(entry.by, { id: ben.id, name: "Ben" });
  note(observer, "@support once more");
  assert.equal((await agent.next("notice")).notice.n, 2, "not of what it wrote itself");
  assert.equal(await unreadMentions(chat, "asha", ben.id), 2);
  assert.equal(await unreadMentions(chat, "asha", carla.id), 1);
  await owner.next("staff");
  assert.deepEqual(heard(owner, "notice"), []);
});

test("a member's notices are paged and read; its other sockets are told, and the mark never goes back", async () => {
  const { parlor, chat, ben, owner, agent, note } = await withTeam();
  await using _ = parlor;
  const second = await inboxOf(parlor, ben);
  for (let n = 1; n <= 5; n++) note(owner, `@ben ${n}`);
  await agent.until(() => heard(agent, "notice").length === 5);
  await second.until(() => heard(second, "notice").length === 5);
  assert.deepEqual(heard(agent, "notice").map(({ notice }) => notice.n), [1, 2, 3, 4, 5]);
  const page = (asked: Frame) => agent.ask({ command: "fetch_notices", ...asked }, "notices");
  const seen = ({ notices, read, has_more }: Frame) => [notices.map(({ n }: Frame) => n), read, has_more];
  assert.deepEqual(seen(await page({ limit: 2 })), [[5, 4], 0, true]);
  agent.send({ command: "read_notices", up_to: 3 });
  assert.equal((await second.next("notices_read")).up_to, 3);
  assert.equal((await agent.next("notices_read")).up_to, 3);
  agent.send({ command: "read_notices", up_to: 1 });
  assert.deepEqual(seen(await page({ before: 4 })), [[3, 2, 1], 3, false]);
  assert.equal(await unreadMentions(chat, "asha", ben.id), 2);
  agent.send({ command: "read_notices", up_to: 99 });
  assert.equal((await second.next("notices_read")).up_to, 5);
  assert.equal(await unreadMentions(chat, "asha", ben.id), 0);
});

test("a note that is sent again notifies once; a forgotten visitor's notices go", async () => {
  const { parlor, asha, consumer, owner, agent } = await withTeam();
  await using _ = parlor;
  const note = { command: "note", consumer, client_id: "one", text: "@ben hello" };
  owner.send(note);
  await agent.next("notice");
  owner.send(note);
  await owner.until(() => heard(owner, "staff").length === 2);
  assert.equal((await agent.ask({ command: "fetch_notices" }, "notices")).notices.length, 1);
  const headers = { authorization: `Bearer ${asha.token}` };
  await parlor.fetch(`/messages/api/rooms/${consumer}`, { method: "DELETE", headers });
  assert.deepEqual((await agent.ask({ command: "fetch_notices" }, "notices")).notices, []);
});

test("a mention of a member who is removed stays readable, with the name of who wrote it", async () => {
  const { parlor, chat, ben, consumer, owner, agent, note } = await withTeam();
  await using _ = parlor;
  note(agent, "@Ben Okri, thanks");
  await owner.next("staff");
  const { members } = await import("../../../db/collections/members.ts");
  for (const username of ["ben_sign_in", "carla"]) await members.remove(chat.store, ["asha", username]);
  const { entries } = await owner.ask({ command: "fetch_staff", consumer }, "staff_entries");
  assert.deepEqual([entries[0].text, entries[0].by], ["@Ben Okri, thanks", { id: ben.id, name: "Ben" }]);
  note(owner, "@Ben Okri @ben");
  assert.equal((await owner.next("staff")).entry.mentions, undefined);
});

test("the box of mentions holds each room once, the latest mention first, and counts follow what was read", async () => {
  const { parlor, asha, consumer, owner, agent, note } = await withTeam();
  await using _ = parlor;
  const other = crypto.randomUUID();
  await (await parlor.chat(asha, other)).say("hello from there");
  await agent.until(() => heard(agent, "new_message").length >= 1);
  for (const room of [consumer, other, consumer]) {
    owner.send({ command: "note", consumer: room, client_id: crypto.randomUUID(), text: "@ben" });
    await agent.next("notice");
  }
  const page = (asked: Frame) => agent.ask({ command: "fetch_rooms", box: "mentions", ...asked }, "room");
  const consumers = ({ rooms }: Frame) => rooms.map((room: Frame) => room.consumer);
  const whole = await page({});
  assert.deepEqual([consumers(whole), whole.has_more], [[consumer, other], false]);
  assert.equal(whole.rooms[1].messages[0].content, "hello from there");
  const first = await page({ limit: 1 });
  assert.deepEqual([consumers(first), first.has_more], [[consumer], true]);
  const second = await page({ limit: 1, cursor: first.cursor });
  assert.deepEqual([consumers(second), second.has_more], [[other], false]);
  assert.deepEqual(consumers(await page({ cursor: "nonsense" })), [consumer, other]);
  const empty = await owner.ask({ command: "fetch_rooms", box: "mentions" }, "room");
  assert.deepEqual([empty.rooms, empty.has_more], [[], false]);
  await agent.until(() => heard(agent, "counts").at(-1)?.mentions === 3);
  agent.send({ command: "read_notices", up_to: 3 });
  await agent.until(() => heard(agent, "counts").at(-1)?.mentions === 0);
  note(owner, "nobody");
  assert(!heard(owner, "counts").some(({ mentions }) => mentions));
});
