import assert from "node:assert/strict";
import { assignAfter } from "../../../chat/desk/after_message.ts";
import { takeRoom } from "../../../chat/desk/assignment.ts";
import { GoneAgents, goneMs } from "../../../chat/desk/gone_agents.ts";
import { releaseMember } from "../../../chat/desk/release.ts";
import { snoozeRoom } from "../../../chat/desk/snooze.ts";
import { agentOf } from "../../../chat/team/agent.ts";
import { sendMessage } from "../../../chat/rooms/messages.ts";
import { setStatus } from "../../../chat/rooms/rooms.ts";
import type { AdminWho, Who } from "../../../chat/who.ts";
import { staffLog } from "../../../db/collections/staff_log.ts";
import type { Appended } from "../../../db/store.ts";
import { join } from "../../harness/hire.ts";
import { type ChatFixture, withChat } from "../chat_fixture.ts";

const visitor = (consumer: string): Who => ({ kind: "visitor", admin: "asha", consumer, address: "::1" });

/** Bruno as an agent of asha's workspace, who is here. */
async function bruno(chat: ChatFixture): Promise<AdminWho> {
  const member = await join(chat, "asha", "bruno", { name: "Bruno" });
  chat.audience.here.add(member.id);
  return { kind: "admin", admin: "asha", agent: agentOf(member, 2) };
}

async function writes(chat: ChatFixture, consumer: string, content = "Hello"): Promise<Appended> {
  const appended = await sendMessage(chat, visitor(consumer), { content });
  await assignAfter(chat, visitor(consumer), appended);
  return appended;
}

const assigneeOf = async (chat: ChatFixture, consumer: string) =>
  (await chat.store.room({ admin: "asha", consumer }))?.assignee;

async function lastEntry(chat: ChatFixture, consumer: string) {
  const [entry] = await staffLog.list(chat.store, ["asha", consumer], { limit: 1, reverse: true });
  return [entry?.kind, entry?.detail?.agent, entry?.detail?.why];
}

Deno.test("a room that is opened again goes to who answered it, if that one is here and it was not long ago", async () => {
  await withChat(async (chat) => {
    const ben = await bruno(chat);
    for (const consumer of ["soon", "late", "gone"]) {
      await writes(chat, consumer);
      await takeRoom(chat, ben, consumer);
      await setStatus(chat, ben, consumer, "resolved");
    }
    await writes(chat, "soon", "One more thing");
    assert.equal(await assigneeOf(chat, "soon"), ben.agent.id);
    chat.audience.here.clear();
    await writes(chat, "gone", "One more thing");
    assert.equal(await assigneeOf(chat, "gone"), undefined);
    assert.deepEqual(await lastEntry(chat, "gone"), ["assigned", null, "reopened"]);
    chat.audience.here.add(ben.agent.id);
    chat.wait(25 * 3_600_000);
    await writes(chat, "late", "One more thing");
    assert.equal(await assigneeOf(chat, "late"), undefined);
  });
});

Deno.test("a waiting visitor's room leaves an agent who has been gone for 15 minutes; an answered one stays", async () => {
  await withChat(async (chat) => {
    const ben = await bruno(chat);
    for (const consumer of ["waits", "answered"]) {
      await writes(chat, consumer);
      await takeRoom(chat, ben, consumer);
    }
    await sendMessage(chat, ben, { consumer: "answered", content: "Hi" });
    const gone = new GoneAgents(chat);
    await gone.look("asha");
    chat.audience.here.clear();
    await gone.look("asha");
    chat.wait(goneMs - 1_000);
    await gone.look("asha");
    assert.equal(await assigneeOf(chat, "waits"), ben.agent.id);
    chat.wait(2_000);
    await gone.look("asha");
    assert.deepEqual([await assigneeOf(chat, "waits"), await assigneeOf(chat, "answered")], [
      undefined,
      ben.agent.id,
    ]);
    assert.deepEqual(await lastEntry(chat, "waits"), ["assigned", null, "gone"]);
  });
});

Deno.test("an agent who comes back in time keeps its rooms", async () => {
  await withChat(async (chat) => {
    const ben = await bruno(chat);
    await writes(chat, "vera");
    await takeRoom(chat, ben, "vera");
    const gone = new GoneAgents(chat);
    chat.audience.here.clear();
    await gone.look("asha");
    chat.wait(goneMs - 1_000);
    chat.audience.here.add(ben.agent.id);
    await gone.look("asha");
    chat.audience.here.clear();
    await gone.look("asha");
    chat.wait(2_000);
    await gone.look("asha");
    assert.equal(await assigneeOf(chat, "vera"), ben.agent.id);
  });
});

Deno.test("the rooms of a member who leaves go back to the queue, snoozed ones too", async () => {
  await withChat(async (chat) => {
    const ben = await bruno(chat);
    for (const consumer of ["open", "snoozed"]) {
      await writes(chat, consumer);
      await takeRoom(chat, ben, consumer);
    }
    await snoozeRoom(chat, ben, "snoozed", "reply");
    await releaseMember(chat, "asha", ben.agent.id);
    for (const consumer of ["open", "snoozed"]) {
      assert.equal(await assigneeOf(chat, consumer), undefined);
      assert.deepEqual(await lastEntry(chat, consumer), ["assigned", null, "left"]);
    }
  });
});
