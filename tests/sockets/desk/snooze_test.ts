import assert from "node:assert/strict";
import { Parlor, test } from "../../harness/parlor.ts";
import { hire, inboxOf } from "../../harness/hire.ts";
import { entriesOf, roomOf, updated } from "./rooms.ts";

const isoIn = (ms: number) => new Date(Date.now() + ms).toISOString();

test("a snoozed room is out of the lists, and wakes by itself as unread", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const ben = await hire(parlor, asha, "ben_");
  const { consumer, vera } = await roomOf(parlor, asha);
  const inbox = await inboxOf(parlor, "asha", ben);
  inbox.send({ command: "read", consumer, seq: 1 });
  await vera.next("read");
  const until = isoIn(2_500);
  inbox.send({ command: "snooze", consumer, until });
  assert.equal((await updated(inbox, (room) => room.snoozed_until !== undefined)).snoozed_until, until);
  inbox.send({ command: "snooze", consumer, until });
  await updated(inbox, (room) => room.snoozed_until === until);
  const consumersOf = async (box: string) => {
    const { rooms } = await inbox.ask({ command: "fetch_rooms", box }, "room");
    return rooms.map((room: { consumer: string }) => room.consumer);
  };
  assert.deepEqual([await consumersOf("snoozed"), await consumersOf("unassigned")], [[consumer], []]);

  const awake = await updated(inbox, (room) => room.snoozed_until === undefined);
  assert.ok(Date.now() >= Date.parse(until));
  assert.deepEqual([awake.unread, awake.status], [1, "open"]);
  assert.deepEqual([await consumersOf("snoozed"), await consumersOf("unassigned")], [[], [consumer]]);
  const entries = await entriesOf(parlor, "asha", consumer);
  assert.deepEqual(entries.map(({ kind, by, detail }) => [kind, by, detail]), [
    ["snoozed", ben.id, { until }],
    ["unsnoozed", undefined, { why: "due" }],
  ]);
});

test("a snooze that ended while the service was down is over soon after it is up", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { consumer } = await roomOf(parlor, asha);
  const inbox = await parlor.inbox(asha);
  inbox.send({ command: "snooze", consumer, until: isoIn(300) });
  await updated(inbox, (room) => room.snoozed_until !== undefined);
  await parlor.restart();
  const again = await parlor.inbox(asha);
  const isAwake = async () => {
    const { rooms } = await again.ask({ command: "fetch_rooms" }, "room");
    return rooms[0].snoozed_until === undefined;
  };
  // Not more often than a socket's frames are taken.
  while (!await isAwake()) await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual((await entriesOf(parlor, "asha", consumer)).map(({ kind }) => kind), [
    "snoozed",
    "unsnoozed",
  ]);
});

test("a room snoozed until the visitor writes comes back with the text; times that cannot be are refused", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { consumer, vera } = await roomOf(parlor, asha);
  const inbox = await parlor.inbox(asha);
  inbox.send({ command: "snooze", consumer, until: "reply" });
  const { snoozed_until } = await updated(inbox, (room) => room.snoozed_until !== undefined);
  assert.equal(snoozed_until, "9999-12-31T23:59:59.999Z");
  await vera.say("Still there?");
  await inbox.next("new_message");
  const { rooms: [room] } = await inbox.ask({ command: "fetch_rooms", status: "open" }, "room");
  assert.equal(room.snoozed_until, undefined);
  for (const until of [isoIn(-1_000), isoIn(400 * 86_400_000), "tomorrow"]) {
    const { error } = await inbox.ask({ command: "snooze", consumer, until }, "error");
    assert.equal(error.code, "invalid_input", until);
  }
  inbox.send({ command: "update_room", consumer, status: "resolved" });
  await updated(inbox, ({ status }) => status === "resolved");
  const { error } = await inbox.ask({ command: "snooze", consumer, until: "reply" }, "error");
  assert.equal(error.code, "invalid_input");
});
