import assert from "node:assert/strict";
import { entriesAfter, staffLog } from "../../../db/collections/staff_log.ts";
import type { Commit, RecordName } from "../../../db/records.ts";
import type { Frame } from "../../harness/client.ts";
import { BotParlor } from "./bot_parlor.ts";

const isStaff = ({ collection }: RecordName) => collection.startsWith(staffLog.name);

/** A commit without what it writes into staff logs. */
const withoutStaff = ({ check = [], put = [], ...rest }: Commit = {}): Commit => ({
  ...rest,
  check: check.filter((one) => !isStaff(one)),
  put: put.filter((one) => !isStaff(one)),
});

/** What a visitor's socket receives in a conversation that is handed over, without what differs between any two. */
async function received(isLogged: boolean): Promise<{ text: string; entries: number }> {
  await using bot = await BotParlor.start({
    flow: () =>
      Promise.resolve({
        ...{ id: "aaaaaaaaaaaa", enabled: true, start: { button: true }, locales: {} },
        steps: [
          { id: "one", do: "ask", text: "Which order?", into: "order", as: "text", tries: 2 },
          { id: "two", do: "handoff", text: "Thanks for {{order|it}}." },
        ],
      }),
  });
  const { store } = bot.chat;
  if (!isLogged) {
    const { changeDesk } = store;
    store.changeDesk = (key, change) =>
      changeDesk.call(store, key, { ...change, commit: withoutStaff(change.commit) });
  }
  const answer = await bot.write({
    ...{ title: "May I return it?", body: "Yes." },
    buttons: [{ id: "bbbbbbbbbbbb", label: "Start", do: { flow: "aaaaaaaaaaaa" } }],
  });
  const { socket, consumer } = await bot.visit();
  const raw: string[] = [];
  socket.socket.on("message", (data: unknown) => raw.push(String(data)));
  const texts = (count: number) =>
    socket.until(() => socket.frames.filter(({ message }: Frame) => message?.by === "bot").length >= count);
  await socket.say("May I return it?");
  await texts(1);
  await socket.say("Start", { reply: { seq: 2, button: "flow:aaaaaaaaaaaa" } });
  await texts(2);
  await socket.say("4711");
  await texts(5);
  await socket.say("vera@mail.example");
  socket.send({ command: "fetch_messages" });
  await socket.next("messages");
  const { epoch } = bot.chat.store, room = (await bot.chat.store.room({ admin: "asha", consumer }))!;
  const entries = await entriesAfter(bot.chat.store, { workspace: "asha", consumer }, 0, 50);
  assert.equal(room.status, "waiting");
  const text = raw.filter((frame) => !frame.includes('"command":"typing"')).join("\n")
    .replaceAll(consumer, "CONSUMER").replaceAll(room.id, "ROOM").replaceAll(epoch, "EPOCH").replaceAll(
      answer,
      "ANSWER",
    )
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");
  return { text, entries: entries.length };
}

Deno.test("a visitor receives the same bytes whether or not the bot writes into the staff log", async () => {
  const [logged, unlogged] = await Promise.all([received(true), received(false)]);
  assert.deepEqual([logged.entries, unlogged.entries], [1, 0]);
  assert.equal(logged.text, unlogged.text);
  assert(logged.text.includes("Thanks for 4711.") && logged.text.includes("email address"));
  assert(!/handed_off|reason|"flow"/.test(logged.text));
});
