import assert from "node:assert/strict";
import { Overtaken } from "../../../chat/errors.ts";
import { sendMessage } from "../../../chat/rooms/messages.ts";
import { setStatus } from "../../../chat/rooms/rooms.ts";
import type { Who } from "../../../chat/who.ts";
import { acting } from "../../harness/acting.ts";
import { type ChatFixture, withChat } from "../chat_fixture.ts";

const consumer = "vera", key = { admin: "asha", consumer };
const vera: Who = { kind: "visitor", admin: "asha", consumer, address: "::1" };
const asha = acting("asha");
const agent = (id: string): Who => acting("asha", { ref: { id, name: `Agent ${id}` } });

const told = ({ audience }: ChatFixture) => audience.heard.splice(0).map(({ type }) => type);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

Deno.test("what an agent writes is by the agent, for everybody, and of the admin as its author", async () => {
  await withChat(async (chat) => {
    const ana = { id: "a1", name: "Ana", username: "ana@work", role: "owner" };
    const { message } = await sendMessage(chat, acting("asha", { ref: ana }), { consumer, content: "hi" });
    assert.deepEqual([message.author, message.by], ["asha", { id: "a1", name: "Ana" }]);
    const event = chat.audience.heard.find(({ type }) => type === "message");
    assert.deepEqual(event, { type: "message", key, message });
    const { room } = await setStatus(chat, agent("a1"), consumer, "resolved");
    assert.equal(room.statusBy, "asha");
    const [status] = await chat.store.messagesBefore(key, undefined, 1);
    assert.deepEqual(status!.by, { id: "a1", name: "Agent a1" });
    const alone = await sendMessage(chat, asha, { consumer, content: "hi" });
    assert(!("by" in alone.message));
  });
});

Deno.test("of 64 agents who answer what they have seen, one does; nobody hears of the others", async () => {
  await withChat(async (chat) => {
    await sendMessage(chat, vera, { content: "anybody there?" });
    told(chat);
    const sent = await Promise.allSettled(
      numbers(64).map((n) => sendMessage(chat, agent(`a${n}`), { consumer, content: `${n}`, seen: 1 })),
    );
    const refused = sent.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
    assert.equal(refused.length, 63);
    for (const error of refused) {
      assert(error instanceof Overtaken);
      assert.deepEqual([error.code, error.seq], ["overtaken", 2]);
    }
    assert.deepEqual(told(chat), ["message"]);
  });
});

Deno.test("what was refused is sent by whoever has read on, and what was sent is answered as before", async () => {
  await withChat(async (chat) => {
    await sendMessage(chat, vera, { content: "hello" });
    const first = { consumer, content: "hi", client_id: "one", seen: 1 };
    await sendMessage(chat, agent("a1"), first);
    const late = { consumer, content: "hi too", client_id: "two", seen: 1 };
    await assert.rejects(sendMessage(chat, agent("a2"), late), Overtaken);
    await sendMessage(chat, vera, { content: "thanks" });
    assert.equal((await sendMessage(chat, agent("a2"), { ...late, seen: 2 })).message.seq, 4);
    const again = await sendMessage(chat, agent("a1"), first);
    assert.deepEqual([again.fresh, again.message.seq], [false, 2]);
  });
});

Deno.test("a visitor is never told that it was overtaken, and says nothing of who it is", async () => {
  await withChat(async (chat) => {
    await sendMessage(chat, vera, { content: "hello" });
    await sendMessage(chat, agent("a1"), { consumer, content: "hi" });
    const { message } = await sendMessage(chat, vera, { content: "hello?", seen: 0 });
    assert.equal(message.seq, 3);
    assert(!("by" in message));
  });
});

Deno.test("of many who resolve a room at once one does, and is told of", async () => {
  await withChat(async (chat) => {
    await sendMessage(chat, vera, { content: "hello" });
    told(chat);
    const all = await Promise.all(
      numbers(20).map((n) => setStatus(chat, agent(`a${n}`), consumer, "resolved")),
    );
    assert.equal(all.filter(({ changed }) => changed).length, 1);
    for (const { room } of all) assert.equal(room.status, "resolved");
    assert.deepEqual(told(chat), ["message", "room_updated"]);
    assert.equal((await chat.store.room(key))!.head, 2);
  });
});

Deno.test("a status that comes when the visitor is being erased makes no room of it", async () => {
  await withChat(async (chat) => {
    await sendMessage(chat, vera, { content: "hello" });
    const { room } = chat.store;
    chat.store.room = async (key) => {
      const found = await room(key);
      chat.store.room = room;
      await chat.store.forgetVisitor(key);
      return found;
    };
    await assert.rejects(setStatus(chat, asha, consumer, "resolved"), /no such room/);
    assert.equal(await chat.store.room(key), undefined);
  });
});
