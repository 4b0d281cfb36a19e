import assert from "node:assert/strict";
import { sendMessage } from "../../chat/rooms/messages.ts";
import { editMessage } from "../../chat/rooms/edits.ts";
import { editableMs } from "../../protocol/limits.ts";
import { acting } from "../harness/acting.ts";
import { Parlor, test } from "../harness/parlor.ts";

const ana = acting("asha", { ref: { id: "a1", name: "Ana" } });
const ben = acting("asha", { ref: { id: "b1", name: "Ben" } });

test("an edit reaches both sides as a message that names the text, and later pages show the new text", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer), inbox = await parlor.inbox(asha);
  await visitor.say("My code is 1234");
  const edit = { command: "edit_message", seq: 1, content: "My code is 4321", client_id: "e1" };
  const { message } = await visitor.ask(edit, "new_message");
  assert.deepEqual([message.seq, message.kind, message.content, message.edit, message.client_id], [
    ...[2, "edit", "My code is 4321"],
    { seq: 1 },
    "e1",
  ]);
  await inbox.until(() =>
    inbox.frames.some(({ message, consumer: of }) => message?.seq === 2 && of === consumer)
  );
  const again = await visitor.ask({ ...edit, content: "Something else" }, "new_message");
  assert.deepEqual(again.message, message, "a repeat is answered as before");
  const page = await visitor.ask({ command: "fetch_messages" }, "messages");
  assert.deepEqual(
    page.messages.map(({ content, edited }: Record<string, unknown>) => [content, edited]),
    [["My code is 4321", 2], ["My code is 4321", undefined]],
  );
  const removed = await visitor.ask({ command: "delete_message", seq: 1 }, "new_message");
  assert.deepEqual([removed.message.content, removed.message.edit], ["", { seq: 1, deleted: true }]);
  const rooms = await inbox.ask({ command: "fetch_rooms" }, "room");
  assert.deepEqual([rooms.rooms[0].messages[0].content, rooms.rooms[0].messages[0].deleted], ["", true]);
  assert(!JSON.stringify(rooms).includes("4321"));
});

test("a client without the subprotocol gets nothing live of an edit, and the new text when it asks", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const { chat } = parlor.running.service, consumer = crypto.randomUUID();
  const original = await parlor.open(`/ws/chat/asha/${consumer}`);
  original.send({ command: "new_message", message: { author: "x", content: "Hello" } });
  await original.next("new_message");
  await sendMessage(chat, ana, { consumer, content: "Five euros" });
  await original.next("new_message");
  await editMessage(chat, ana, { consumer, seq: 2, content: "Nine euros" });
  original.send({ command: "edit_message", seq: 1, content: "x" });
  assert.equal((await original.next("error")).error.code, "unknown_command");
  assert.deepEqual(original.frames, []);
  const { messages } = await original.ask({ command: "fetch_messages" }, "messages");
  assert.deepEqual(messages.map(({ content }: { content: string }) => content), ["Hello", "Nine euros"]);
  assert(messages.every((message: object) => !("edited" in message) && !("by" in message)));
});

test("nobody edits what is not theirs, and the answer says why", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { chat } = parlor.running.service, consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer), inbox = await parlor.inbox(asha);
  await visitor.say("Hello");
  await sendMessage(chat, ana, { consumer, content: "Ana here" });
  const codeOf = async (socket: typeof visitor, frame: object) => {
    const { error, client_id } = await socket.ask({ client_id: "e", ...frame }, "error");
    assert.equal(client_id, "e");
    return error.code;
  };
  const edit = { command: "edit_message", content: "x" };
  assert.equal(await codeOf(visitor, { ...edit, seq: 2 }), "not_editable");
  assert.equal(await codeOf(inbox, { ...edit, seq: 1, consumer }), "not_editable");
  assert.equal(await codeOf(inbox, { ...edit, seq: 2, consumer }), "not_editable");
  assert.equal(await codeOf(inbox, { ...edit, seq: 2, consumer: "nobody" }), "not_editable");
  assert.equal(await codeOf(visitor, { ...edit, seq: 2, consumer: "other" }), "forbidden");
  assert.equal(await codeOf(visitor, { ...edit, seq: 1, content: "  " }), "invalid_input");
  assert.equal(await codeOf(visitor, { ...edit, seq: 1, content: "x".repeat(4_001) }), "too_long");
  assert.equal(await codeOf(visitor, { ...edit, seq: 0 }), "invalid_input");
  await assert.rejects(editMessage(chat, ben, { consumer, seq: 2, content: "x" }), { reason: "not_yours" });
  const observer = acting("asha", { role: "observer", ref: { id: "a1" } });
  await assert.rejects(editMessage(chat, observer, { consumer, seq: 2, content: "x" }), {
    code: "not_allowed",
  });
  const late = { ...chat, now: () => Date.now() + editableMs };
  await assert.rejects(editMessage(late, ana, { consumer, seq: 2, content: "x" }), { reason: "too_late" });
  assert.equal((await editMessage(chat, ana, { consumer, seq: 2, content: "Ana was here" })).message.seq, 3);
});

test("an edit reopens nothing and leaves nothing unread", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer), inbox = await parlor.inbox(asha);
  await visitor.say("Thanks, bye");
  await inbox.ask({ command: "update_room", consumer, status: "resolved" }, "room_updated");
  visitor.send({ command: "edit_message", seq: 1, content: "Thanks, goodbye" });
  await visitor.until(() => visitor.frames.some(({ message }) => message?.kind === "edit"));
  const { rooms } = await inbox.ask({ command: "fetch_rooms" }, "room");
  assert.deepEqual([rooms[0].status, rooms[0].unread, rooms[0].seq], ["resolved", 0, 3]);
});
