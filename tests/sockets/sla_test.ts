import assert from "node:assert/strict";
import { members, newMember } from "../../db/collections/members.ts";
import { notices } from "../../db/collections/notices.ts";
import { eventually } from "../harness/eventually.ts";
import { Parlor, test } from "../harness/parlor.ts";

test("members see until when a visitor has to be answered, and visitors nothing of it", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), consumer = crypto.randomUUID();
  await parlor.post("/chatbot/api", { sla: { first_reply: 30 } }, { cookie: asha.cookie });
  const inbox = await parlor.inbox(asha), visitor = await parlor.chat(asha, consumer);
  const dueAt = () => inbox.frames.findLast(({ command }) => command === "room_updated")?.room.due_at;
  const { created } = await visitor.say("Anybody there?");
  await inbox.until(() => dueAt() !== undefined);
  assert.equal(Date.parse(dueAt()) - Date.parse(created), 30 * 60_000);
  await inbox.say("I am", { consumer });
  await inbox.until(() => dueAt() === undefined);
  assert(!JSON.stringify(visitor.frames).includes("due_at"));
  assert(!JSON.stringify(visitor.frames).includes("sla"));
  const seen = await (await parlor.fetch("/chatbot/api?username=asha")).json();
  assert.deepEqual([seen.sla, seen.rating], [undefined, undefined]);
});

test("a bad rating is told once to the assignee and who manages, not to others", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), consumer = crypto.randomUUID(), key = { admin: "asha", consumer };
  const { store } = parlor.running.service.chat;
  const one = { workspace: "asha", account: (await store.account("asha"))!.id, joined: 1 };
  await members.put(store, newMember({ ...one, username: "asha", id: "asha00000000", role: "owner" }));
  for (const username of ["maya", "ines"]) {
    await members.put(store, newMember({ ...one, username, id: `${username}00000000`, role: "agent" }));
  }
  const inbox = await parlor.inbox(asha), visitor = await parlor.chat(asha, consumer);
  await visitor.say("My lamp flickers");
  await inbox.say("Try another bulb", { consumer });
  await store.changeDesk(key, { set: { assignee: "maya00000000" } });
  inbox.send({ command: "update_room", consumer, status: "resolved" });
  await visitor.until(() => visitor.frames.some(({ message }) => message?.extra));
  const { episode } = visitor.frames.find(({ message }) => message?.extra)!.message.extra;
  for (const score of [3, 2, 1]) await visitor.ask({ command: "rate", episode, score }, "rated");
  const ofRating = async () =>
    (await notices.list(store, ["asha", consumer], { limit: 9 })).filter(({ kind }) => kind === "rated");
  await eventually(async () => (await ofRating()).length >= 2);
  assert.deepEqual((await ofRating()).map(({ agent }) => agent).sort(), [
    "asha00000000",
    "maya00000000",
  ]);
});
