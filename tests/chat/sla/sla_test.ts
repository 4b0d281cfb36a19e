import { deepEqual, equal, ok } from "node:assert/strict";
import { notices } from "../../../db/collections/notices.ts";
import { slaClocks } from "../../../db/collections/sla_clocks.ts";
import { staffLog } from "../../../db/collections/staff_log.ts";
import { members, newMember } from "../../../db/collections/members.ts";
import { untilReply } from "../../../db/desk_store.ts";
import { saveChatbot } from "../../../chat/chatbots/chatbots.ts";
import { sendMessage } from "../../../chat/rooms/messages.ts";
import { setStatus } from "../../../chat/rooms/rooms.ts";
import { wireRoom } from "../../../chat/rooms/wire_room.ts";
import { followSla, runDueClocks } from "../../../chat/sla/sla.ts";
import { acting } from "../../harness/acting.ts";
import type { Who } from "../../../chat/who.ts";
import { type ChatFixture, withChat } from "../chat_fixture.ts";

const asha = acting("asha"), key = { admin: "asha", consumer: "vera" };
const vera: Who = { kind: "visitor", admin: "asha", consumer: "vera", address: "1" };
const minute = 60_000;
const say = async (chat: ChatFixture, who: Who) => {
  await sendMessage(chat, who, { consumer: "vera", content: "hi" });
  await followSla(chat, key);
};
const clockOf = ({ store }: ChatFixture) => slaClocks.get(store, ["asha", "vera"]);
/** Minutes from when the room's clock began until it is due. */
const minutesOf = async (chat: ChatFixture) => {
  const clock = await clockOf(chat);
  return clock && [clock.target, (clock.due - clock.from) / minute];
};
const dueAtOf = async ({ store }: ChatFixture) => (await store.room(key))?.dueAt;

const withSla = (sla: Record<string, unknown>, test: (chat: ChatFixture) => Promise<void>) =>
  withChat(async (chat) => {
    await saveChatbot(chat, "asha", { sla });
    await test(chat);
  });

Deno.test("a room has the nearest of its targets, and none once the team had the last word", () =>
  withSla({ first_reply: 10, next_reply: 30, resolve: 60 }, async (chat) => {
    await say(chat, vera);
    deepEqual(await minutesOf(chat), ["first_reply", 10]);
    equal(await dueAtOf(chat), (await clockOf(chat))!.due);
    chat.wait(5 * minute);
    await say(chat, vera);
    deepEqual(await minutesOf(chat), ["first_reply", 10], "a second text does not begin anew");
    await say(chat, asha);
    deepEqual([await minutesOf(chat), await dueAtOf(chat)], [undefined, undefined]);
    await say(chat, vera);
    deepEqual(await minutesOf(chat), ["next_reply", 30]);
    await say(chat, asha);
    chat.wait(40 * minute);
    await say(chat, vera);
    deepEqual(await minutesOf(chat), ["resolve", 60]);
    await setStatus(chat, asha, "vera", "resolved");
    await followSla(chat, key);
    deepEqual([await minutesOf(chat), await dueAtOf(chat)], [undefined, undefined]);
  }));

Deno.test("no clock runs while a room is snoozed, and a team has its own targets", () =>
  withSla(
    { first_reply: 10, teams: [{ team: "orders", first_reply: 5 }, { team: "slow" }] },
    async (chat) => {
      await say(chat, vera);
      for (
        const [set, minutes] of [
          [{ snoozedUntil: untilReply }, undefined],
          [{ snoozedUntil: null }, 10],
          [{ team: "orders" }, 5],
          [{ team: "slow" }, undefined],
        ] as const
      ) {
        await chat.store.changeDesk(key, { set });
        await followSla(chat, key);
        deepEqual((await minutesOf(chat))?.[1], minutes);
        equal(await dueAtOf(chat), (await clockOf(chat))?.due);
      }
    },
  ));

Deno.test("a target counts minutes of business hours alone, without holidays", () =>
  withChat(async (chat) => {
    const now = new Date(chat.now()), day = now.getUTCDay() || 7, other = day % 7 + 1;
    await saveChatbot(chat, "asha", {
      sla: { first_reply: 60 },
      business_hours: { ranges: [{ day: other, from: "09:00", to: "17:00" }] },
    });
    await say(chat, vera);
    const due = new Date((await clockOf(chat))!.due);
    deepEqual([due.getUTCDay() || 7, due.getUTCHours(), due.getUTCMinutes()], [other, 10, 0]);
    await saveChatbot(chat, "asha", { holidays: [due.toISOString().slice(0, 10)] });
    await followSla(chat, key);
    equal((await clockOf(chat))!.due, due.getTime() + 7 * 86_400_000);
  }));

const withTeam = (test: (chat: ChatFixture) => Promise<void>) =>
  withSla({ first_reply: 10 }, async (chat) => {
    const one = { workspace: "asha", account: "", joined: 1 };
    for (
      const [username, id, role] of [["asha", "a1", "owner"], ["maya", "m1", "agent"], [
        "ines",
        "i1",
        "agent",
      ]] as const
    ) {
      await members.put(chat.store, newMember({ ...one, username, id, role }));
    }
    await say(chat, vera);
    await chat.store.changeDesk(key, { set: { assignee: "m1" } });
    await test(chat);
  });
const noticesOf = async ({ store }: ChatFixture) =>
  (await notices.list(store, ["asha", "vera"], { limit: 99 })).filter(({ kind }) => kind === "sla")
    .map(({ agent, detail }) => `${agent} ${detail!.missed ? "missed" : "warned"}`).sort();
const entriesOf = async ({ store }: ChatFixture) =>
  (await staffLog.list(store, ["asha", "vera"], { limit: 99 })).filter(({ kind }) => kind === "sla");

Deno.test("who answers is warned, and a missed target is recorded and told, by one of many processes", () =>
  withTeam(async (chat) => {
    const runAll = () => Promise.all(Array.from({ length: 12 }, () => runDueClocks(chat)));
    await runAll();
    deepEqual(await noticesOf(chat), []);
    chat.wait(9 * minute + 1_000);
    await runAll();
    deepEqual([await noticesOf(chat), await entriesOf(chat)], [["m1 warned"], []]);
    const { due } = (await clockOf(chat))!;
    chat.wait(minute);
    await runAll();
    await runAll();
    deepEqual(await noticesOf(chat), ["a1 missed", "m1 missed", "m1 warned"]);
    const [entry, ...others] = await entriesOf(chat);
    deepEqual([others, entry!.detail], [[], { target: "first_reply", due: new Date(due).toISOString() }]);
    const room = (await chat.store.room(key))!;
    equal(wireRoom(chat.audience, room).due_at, new Date(due).toISOString(), "shown as late");
    deepEqual(await chat.store.dueRooms(chat.now(), 9), [], "and due no more");
    await say(chat, asha);
    equal(await dueAtOf(chat), undefined);
  }));

Deno.test("what was missed while no process ran is told once, without a warning", () =>
  withTeam(async (chat) => {
    chat.wait(60 * minute);
    await runDueClocks(chat);
    deepEqual([await noticesOf(chat), (await entriesOf(chat)).length], [["a1 missed", "m1 missed"], 1]);
  }));

Deno.test("an answer that nobody has followed yet is no missed target", () =>
  withTeam(async (chat) => {
    await sendMessage(chat, asha, { consumer: "vera", content: "Here!" });
    chat.wait(60 * minute);
    await runDueClocks(chat);
    deepEqual([await noticesOf(chat), await entriesOf(chat), await clockOf(chat)], [[], [], undefined]);
  }));

Deno.test("an erased visitor has no clock, and nothing of it is due", () =>
  withSla({ first_reply: 10 }, async (chat) => {
    await say(chat, vera);
    await chat.store.forgetVisitor(key);
    equal(await clockOf(chat), undefined);
    for (const name of slaClocks.indexNames) {
      ok((await chat.store.records.list(name, [], { limit: 9 })).length === 0);
    }
  }));
