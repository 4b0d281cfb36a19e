import assert from "node:assert/strict";
import type { Client } from "../../harness/client.ts";
import { Parlor, test } from "../../harness/parlor.ts";
import { hire, inboxOf } from "../../harness/hire.ts";
import { updated } from "./rooms.ts";

/** What differs between two runs whatever members do. */
const varying: [RegExp, string][] = [
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME"],
  [/"epoch":"[^"]*"/g, "EPOCH"],
  [/"id":"[^"]*"/g, "ID"],
  [/"episode":"[^"]*"/g, "EPISODE"],
  [/[0-9a-f]{8}-[0-9a-f-]{27}/g, "CONSUMER"],
];

/** All that a visitor's sockets receive in a conversation, with or without what members do besides answering. */
async function receivedBytes(isDeskBusy: boolean): Promise<string[]> {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_");
  const { id: label } = await (await parlor.post("/messages/api/labels", { name: "Refund" }, {
    cookie: asha.cookie,
  })).json();
  const { id: team } = await (await parlor.post("/messages/api/teams", { name: "Sales" }, {
    cookie: asha.cookie,
  })).json();
  const [his, hers] = [await inboxOf(parlor, "asha", ben), await inboxOf(parlor, "asha", asha)];
  const consumer = crypto.randomUUID();
  const vera = await parlor.chat(asha, consumer);
  const sockets = [vera, await parlor.open(`/ws/chat/asha/${consumer}`), await parlor.open("/ws/room/asha")];
  const received = sockets.map((socket) => {
    const texts: string[] = [];
    socket.socket.on("message", (data: unknown) => texts.push(String(data)));
    return texts;
  });
  const acts = async (
    busy: (act: (frame: Record<string, unknown>, by?: Client) => Promise<void>) => Promise<void>,
  ) => {
    if (!isDeskBusy) return;
    await busy(async (frame, by = hers) => {
      by.send({ consumer, ...frame });
      await updated(by, () => true);
    });
  };

  await vera.say("Hello");
  await acts(async (act) => {
    await act({ command: "take" });
    await act({ command: "label", add: [label] });
    await act({ command: "snooze", until: new Date(Date.now() + 1_000).toISOString() });
    await updated(hers, ({ snoozed_until }) => snoozed_until === undefined);
    await act({ command: "assign", team });
    await act({ command: "assign", agent: ben.id });
    hers.send({ command: "availability", value: "here" });
  });
  await his.say("Hi", { consumer });
  await vera.until(() => vera.frames.some(({ message }) => message?.content === "Hi"));
  await vera.say("A question");
  his.send({ command: "read", consumer, seq: 3 });
  await vera.next("read");
  await acts(async (act) => {
    await act({ command: "mark_unread" }, his);
    hers.send({ command: "note", consumer, client_id: "n", text: "Careful, @ben_" });
    hers.send({ command: "watch", consumer, composing: true });
    await act({ command: "snooze", until: "reply" });
    his.send({ command: "read", consumer, seq: 3 });
    await his.ask({ command: "fetch_rooms" }, "room");
    await act({ command: "mark_unread" }, his);
  });
  await vera.ask({ command: "fetch_messages" }, "messages");
  await vera.say("Still there?");
  await his.say("Yes", { consumer });
  await vera.until(() => vera.frames.some(({ message }) => message?.content === "Yes"));
  hers.send({ command: "update_room", consumer, status: "resolved" });
  await vera.until(() => vera.frames.some(({ message }) => message?.content === "resolved"));
  await vera.ask({ command: "fetch_messages" }, "messages");
  return received.map((texts) =>
    varying.reduce((text, [pattern, word]) => text.replaceAll(pattern, word), texts.join("\n"))
  );
}

test("a visitor receives the same bytes whatever members do with the room", async () => {
  const [quiet, busy] = [await receivedBytes(false), await receivedBytes(true)];
  assert.ok(quiet[0]!.includes("Still there?") && quiet[1]!.includes("Still there?"));
  assert.deepEqual(busy, quiet);
});
