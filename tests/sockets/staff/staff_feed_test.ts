import assert from "node:assert/strict";
import { addEntry } from "../../../chat/staff/staff_log.ts";
import type { Client, Frame } from "../../harness/client.ts";
import { eventually } from "../../harness/eventually.ts";
import { Parlor, test, v1 } from "../../harness/parlor.ts";

/** Numbers of the entries that a socket was told of, in the order of the frames. */
const toldTo = ({ frames }: Client, consumer: string): number[] =>
  frames.flatMap((frame: Frame) =>
    frame.command === "staff" && frame.consumer === consumer ? [frame.entry.n] : []
  );
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test("every subscribed socket of a workspace is told of each entry once and in order, its author's too", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const consumers = [crypto.randomUUID(), crypto.randomUUID()];
  for (const consumer of consumers) await (await parlor.chat(asha, consumer)).say("hello");
  const inboxes = [await parlor.inbox(asha), await parlor.inbox(asha)];
  const others = [
    await parlor.inbox(bruno),
    await parlor.open("/ws/room/asha", { protocols: v1(asha.token) }),
  ];
  const { chat } = parlor.running.service;
  for (const consumer of consumers) {
    for (const n of numbers(15)) {
      inboxes[n % 2]!.send({ command: "note", consumer, client_id: `${n}`, text: `${n}` });
      void addEntry(chat, { admin: "asha", consumer }, { kind: "labelled", detail: { n } });
    }
  }
  for (const inbox of inboxes) {
    await inbox.until(() => consumers.every((consumer) => toldTo(inbox, consumer).length >= 30));
    for (const consumer of consumers) assert.deepEqual(toldTo(inbox, consumer), numbers(30));
  }
  inboxes[0]!.send({ command: "note", consumer: consumers[0], client_id: "1", text: "again" });
  await inboxes[0]!.until(() => toldTo(inboxes[0]!, consumers[0]!).length === 31);
  const log = await inboxes[0]!.ask({ command: "fetch_staff", consumer: consumers[0] }, "staff_entries");
  assert.equal(log.entries.length, 30, "a repeat is answered, not stored");
  for (const other of others) assert(!other.frames.some(({ command }) => command === "staff"));
});

test("a socket is told of what happens after it has subscribed, and not of what was before", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), consumer = crypto.randomUUID();
  await (await parlor.chat(asha, consumer)).say("hello");
  const { chat } = parlor.running.service, key = { admin: "asha", consumer };
  const add = () => addEntry(chat, key, { kind: "snoozed" });
  await add();
  const first = await parlor.inbox(asha);
  await add();
  await first.until(() => toldTo(first, consumer).length > 0);
  const second = await parlor.inbox(asha);
  await add();
  for (const inbox of [first, second]) await inbox.until(() => toldTo(inbox, consumer).at(-1) === 3);
  assert.deepEqual([toldTo(first, consumer), toldTo(second, consumer)], [[2, 3], [3]]);
  first.close();
  second.close();
  const owners = () => [...chat.store.changes.owners()].filter((owner) => owner === "asha").length;
  const before = owners();
  await eventually(() => owners() < before);
});

test("the log of a forgotten visitor begins again at 1, and is told from there", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), consumer = crypto.randomUUID();
  await (await parlor.chat(asha, consumer)).say("hello");
  const inbox = await parlor.inbox(asha);
  const { chat } = parlor.running.service;
  for (let i = 0; i < 3; i++) await addEntry(chat, { admin: "asha", consumer }, { kind: "labelled" });
  await inbox.until(() => toldTo(inbox, consumer).length === 3);
  const headers = { authorization: `Bearer ${asha.token}` };
  const path = `/messages/api/rooms/${consumer}`;
  assert.equal((await parlor.fetch(path, { method: "DELETE", headers })).status, 204);
  await (await parlor.chat(asha, consumer)).say("hello again");
  for (let i = 0; i < 2; i++) await addEntry(chat, { admin: "asha", consumer }, { kind: "labelled" });
  await inbox.until(() => toldTo(inbox, consumer).length === 5);
  assert.deepEqual(toldTo(inbox, consumer), [1, 2, 3, 1, 2]);
});
