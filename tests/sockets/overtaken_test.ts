import assert from "node:assert/strict";
import { sendMessage, tellAppended } from "../../chat/rooms/messages.ts";
import { acting } from "../harness/acting.ts";
import { Parlor, test } from "../harness/parlor.ts";

const ben = acting("asha", { ref: { id: "b1", name: "Ben" } });

test("an answer to what was seen is refused once a colleague has answered, with the newest seq", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { chat } = parlor.running.service;
  const consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer), inbox = await parlor.inbox(asha);
  await visitor.say("Anybody there?");
  await inbox.next("new_message");
  await sendMessage(chat, ben, { consumer, content: "Ben here" });
  assert.deepEqual((await inbox.next("new_message")).message.by, { id: "b1", name: "Ben" });

  const late = {
    command: "new_message",
    consumer,
    client_id: "one",
    seen: 1,
    message: { content: "Me too" },
  };
  const { error, client_id, re } = await inbox.ask(late, "error");
  assert.deepEqual([error.code, error.seq, client_id, re], ["overtaken", 2, "one", "new_message"]);
  inbox.send({ ...late, seen: 2 });
  const { message } = await inbox.next("new_message");
  assert.deepEqual([message.seq, message.client_id, message.content], [3, "one", "Me too"]);
  inbox.send(late);
  assert.deepEqual((await inbox.next("new_message")).message, message, "a repeat is answered as before");

  visitor.send({ command: "new_message", seen: 0, message: { content: "Thanks" } });
  await visitor.until(() => visitor.frames.some(({ message }) => message?.seq === 4));
  assert(!visitor.frames.some(({ command }) => command === "error"));
});

test("of who of a team wrote and what else a message carries, a client without the subprotocol gets the buttons as lines of text alone", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { chat } = parlor.running.service;
  const consumer = crypto.randomUUID(), key = { admin: "asha", consumer };
  const headers = { cookie: asha.cookie };
  const first = [
    await parlor.open(`/ws/chat/asha/${consumer}`),
    await parlor.open(`/ws/chat/asha/${consumer}`, { headers }),
  ];
  const inbox = await parlor.open("/ws/room/asha", { headers });
  const modern = await parlor.chat(asha, consumer);
  await modern.say("Hello");
  await sendMessage(chat, ben, { consumer, content: "Ben here", client_id: "b" });
  const buttons = [{ id: "1", label: "Yes" }];
  const at = Date.now();
  const bot = { ...key, side: "admin", kind: "text", content: "Yes?", at, by: "bot" } as const;
  tellAppended(chat, key, await chat.store.appendMessage({ ...bot, extra: { type: "buttons", buttons } }));
  const press = { ...key, side: "visitor", kind: "text", content: "Yes", at } as const;
  tellAppended(chat, key, await chat.store.appendMessage({ ...press, reply: { seq: 3, button: "1" } }));

  const { messages } = await modern.ask({ command: "fetch_messages" }, "messages");
  const carried = messages.map(({ by, extra, reply }: Record<string, unknown>) => ({ by, extra, reply }));
  assert.deepEqual(carried.slice(1), [
    { by: { id: "b1", name: "Ben" }, extra: undefined, reply: undefined },
    { by: "bot", extra: { type: "buttons", buttons }, reply: undefined },
    { by: undefined, extra: undefined, reply: { seq: 3, button: "1" } },
  ]);
  for (const socket of first) {
    await socket.until(() => socket.frames.some(({ message }) => message?.seq === 4));
    const page = await socket.ask({ command: "fetch_messages" }, "messages");
    assert.deepEqual(page.messages.map(({ content }: { content: string }) => content), [
      "Hello",
      "Ben here",
      "Yes?\n• Yes",
      "Yes",
    ]);
  }
  await first[1]!.ask(
    { command: "new_message", client_id: "b", message: { content: "again" } },
    "new_message",
  );
  await inbox.ask({ command: "fetch_rooms" }, "room");
  const allowed = ["author", "side", "content", "room", "created", "id", "seq", "kind", "client_id"];
  for (const frame of [...first, inbox].flatMap(({ frames }) => frames)) {
    const all = [
      frame.message,
      ...frame.messages ?? [],
      ...(frame.rooms ?? [frame.room]).flatMap((room: { messages: [] }) => room?.messages ?? []),
    ];
    for (const message of all) {
      for (const field of Object.keys(message ?? {})) assert(allowed.includes(field), field);
    }
  }
});
