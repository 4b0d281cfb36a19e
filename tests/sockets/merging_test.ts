import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { mergeRooms } from "../../chat/visitors/merging.ts";
import { noticesAfter } from "../../db/collections/notices.ts";
import { entriesAfter } from "../../db/collections/staff_log.ts";
import { signUpMember } from "../harness/member.ts";
import { type Admin, Parlor, test } from "../harness/parlor.ts";

const seconds = () => Math.floor(Date.now() / 1_000);

/** Signs an identity token, as the host site's server does for a signed-in user. */
async function vouchFor(parlor: Parlor, admin: Admin): Promise<(sub: string) => Promise<string>> {
  const answer = await parlor.post("/chatbot/api/identity-secret", {}, { cookie: admin.cookie });
  const { secret } = await answer.json();
  return (sub) =>
    new SignJWT({ sub, exp: seconds() + 3_600 }).setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(secret));
}

test("a conversation begun before signing in goes on after it, once, for both sides", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), vouch = await vouchFor(parlor, asha);
  const inbox = await parlor.inbox(asha);
  const before = await parlor.visit(asha);
  const anonymous = await parlor.chat(asha, before.consumer, before.token);
  await anonymous.say("I wrote this before I signed in");
  const identity = await vouch("vera");
  const named = await parlor.visit(asha, { identity, token: before.token });
  assert.deepEqual([named.merged_from, named.consumer === before.consumer], [before.consumer, false]);
  assert.equal(await anonymous.closed(), 4403, "the former socket has no room any more");
  await inbox.until(() =>
    inbox.frames.some(({ command, consumer }) => command === "room_forgotten" && consumer === before.consumer)
  );
  const visitor = await parlor.chat(asha, named.consumer, named.token);
  const page = await visitor.ask({ command: "fetch_messages" }, "messages");
  assert.deepEqual(page.messages.map(({ content, author }: Record<string, string>) => [content, author]), [
    ["I wrote this before I signed in", named.consumer],
  ]);
  inbox.send({ command: "new_message", consumer: before.consumer, message: { content: "An answer" } });
  await visitor.until(() => visitor.frames.some(({ message }) => message?.content === "An answer"));
  const again = await parlor.visit(asha, { identity, token: before.token });
  assert.equal(again.merged_from, before.consumer);
  const rooms = await inbox.ask({ command: "fetch_rooms" }, "room");
  assert.deepEqual(rooms.rooms.map(({ consumer, seq }: Record<string, unknown>) => [consumer, seq]), [
    [named.consumer, 2],
  ]);
  const refused = await parlor.post("/chatbot/api/asha/session", { token: before.token });
  assert.equal(
    (await refused.json()).error.code,
    "identity_required",
    "the former token alone opens nothing",
  );
});

test("two tabs that sign in at once move the conversation once, behind what was written on another device", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), vouch = await vouchFor(parlor, asha);
  const identity = await vouch("vera"), phone = await parlor.visit(asha, { identity });
  await (await parlor.chat(asha, phone.consumer, phone.token)).say("From my phone");
  const before = await parlor.visit(asha);
  const anonymous = await parlor.chat(asha, before.consumer, before.token);
  await anonymous.say("one");
  await anonymous.say("two");
  const tabs = await Promise.all([1, 2].map(() => parlor.visit(asha, { identity, token: before.token })));
  assert.deepEqual(tabs.map(({ merged_from }) => merged_from), [before.consumer, before.consumer]);
  const { store } = parlor.running.service.chat;
  const all = await store.messagesAfter({ admin: "asha", consumer: phone.consumer }, 0, 10);
  assert.deepEqual(all.map(({ content }) => content), ["From my phone", "one", "two"]);
});

test("no other workspace's, signed-in visitor's, spoiled or blocked visitor's conversation is moved", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const vouch = await vouchFor(parlor, asha), { store } = parlor.running.service.chat;
  const elsewhere = await parlor.visit(bruno);
  await (await parlor.chat(bruno, elsewhere.consumer, elsewhere.token)).say("At Bruno's");
  const walter = await parlor.visit(asha, { identity: await vouch("walter") });
  await (await parlor.chat(asha, walter.consumer, walter.token)).say("Walter's own");
  const troll = await parlor.visit(asha);
  await (await parlor.chat(asha, troll.consumer, troll.token)).say("Troll");
  await store.blockVisitor({ admin: "asha", consumer: troll.consumer }, Date.now());
  const silent = await parlor.visit(asha);
  const identity = await vouch("vera");
  for (
    const token of [elsewhere.token, walter.token, troll.token, silent.token, "spoiled", asha.token ?? "x"]
  ) {
    const session = await parlor.visit(asha, { identity, token });
    assert.equal(session.merged_from, undefined);
    assert.equal(await store.room({ admin: "asha", consumer: session.consumer }), undefined);
  }
  assert.equal((await store.room({ admin: "asha", consumer: walter.consumer }))?.head, 1);
  assert.equal((await store.room({ admin: "bruno", consumer: elsewhere.consumer }))?.head, 1);
});

test("a member merges two visitors, never a signed-in one into another; erasing one erases both", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), vouch = await vouchFor(parlor, asha);
  const inbox = await parlor.inbox(asha), { chat } = parlor.running.service;
  const ids: Record<string, string> = {};
  for (const name of ["anna", "bea", "vera", "walter"]) {
    const asked = name < "v" ? {} : { identity: await vouch(name) };
    const { consumer, token } = await parlor.visit(asha, asked);
    ids[name] = consumer;
    await (await parlor.chat(asha, consumer, token)).say(`I am ${name}`);
  }
  const merge = async (into: string, from: string) => {
    const path = `/messages/api/rooms/${encodeURIComponent(into)}/merge`;
    const answer = await parlor.post(path, { from }, { cookie: asha.cookie });
    return { status: answer.status, ...await answer.json() };
  };
  assert.equal((await merge(ids.vera!, ids.walter!)).error.code, "invalid_input");
  assert.equal((await merge(ids.anna!, ids.walter!)).error.code, "invalid_input");
  assert.equal((await merge(ids.anna!, ids.anna!)).error.code, "invalid_input");
  assert.equal((await merge(ids.anna!, "nobody")).error.code, "unknown_room");
  assert.equal((await merge("nobody", ids.anna!)).error.code, "unknown_room");
  assert.equal((await merge(ids.bea!, ids.anna!)).room.seq, 2);
  assert.equal((await merge(ids.vera!, ids.bea!)).room.seq, 3);
  assert.equal((await merge(ids.vera!, ids.anna!)).room.seq, 3, "repeated");
  const log = await inbox.ask({ command: "fetch_staff", consumer: ids.vera! }, "staff_entries");
  assert.deepEqual(log.entries.map(({ kind, detail }: Record<string, unknown>) => [kind, detail]), [
    ["merged", { from: ids.anna }],
    ["merged", { from: ids.bea }],
  ], "what was noted of one follows it");
  const gone = await parlor.fetch(`/messages/api/rooms/${ids.anna}`, {
    method: "DELETE",
    headers: { cookie: asha.cookie },
  });
  assert.equal(gone.status, 204);
  await gone.body?.cancel();
  for (const name of ["anna", "bea", "vera"]) {
    const key = { admin: "asha", consumer: ids[name]! };
    assert.deepEqual([await chat.store.room(key), await chat.store.consumerNow(key)], [undefined, ids[name]]);
  }
  assert.equal((await chat.store.room({ admin: "asha", consumer: ids.walter! }))?.head, 1);
});

test("notes, their times and the notices about them follow a merged conversation, also after an earlier merge was cut short", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await signUpMember(parlor, "asha", { username: "ben", role: "agent", name: "Ben" });
  const inbox = await parlor.inbox(asha), { chat } = parlor.running.service;
  const [from, into] = [crypto.randomUUID(), crypto.randomUUID()];
  for (const consumer of [from, into]) {
    const visitor = await parlor.chat(asha, consumer);
    for (const text of ["one", "two"]) await visitor.say(text);
    const note = { command: "note", consumer, client_id: "the same", text: `@Ben about ${consumer}` };
    await inbox.ask(note, "staff");
  }
  const key = { admin: "asha", consumer: from };
  const [before] = await entriesAfter(chat.store, { workspace: "asha", consumer: from }, 0, 10);
  const merged = await chat.store.mergeRooms(key, into, Date.now());
  assert.equal(merged?.base, 2);
  // The process ended here; the visitor's browser repeats its call.
  await mergeRooms(chat, key, into);
  await mergeRooms(chat, key, into);
  const log = await inbox.ask({ command: "fetch_staff", consumer: into }, "staff_entries");
  assert.deepEqual(log.entries.map(({ n, after, text }: Record<string, unknown>) => [n, after, text]), [
    [1, 2, `@Ben about ${into}`],
    [2, 4, `@Ben about ${from}`],
  ]);
  assert.equal(Date.parse(log.entries[1].created), before!.at);
  assert.deepEqual(await entriesAfter(chat.store, { workspace: "asha", consumer: from }, 0, 10), []);
  const notices = await noticesAfter(chat.store, { workspace: "asha", agent: ben.id }, 0, 10);
  assert.deepEqual(notices.map(({ consumer, entry }) => [consumer, entry]), [[into, 2], [into, 1]]);
});
