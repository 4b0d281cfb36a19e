import assert from "node:assert/strict";
import { wokenBy, wokenByNotice } from "../../../chat/push/recipients.ts";
import { changeMembers, type Member, newMember } from "../../../db/collections/members.ts";
import type { RoomRecord } from "../../../db/store.ts";
import { type ChatFixture, withChat } from "../chat_fixture.ts";

const member = (username: string, rest: Partial<Member> = {}): Member =>
  newMember({
    ...{ workspace: "asha", username, account: username, id: username, joined: 1 },
    role: "agent",
    ...rest,
  });

const team = (chat: ChatFixture, members: Member[]) =>
  changeMembers(chat.store, "asha", () => ({ put: members, answer: undefined }));

Deno.test("of a team a visitor's message wakes those whose rule contains the room, who are free and away from the portal", async () => {
  await withChat(async (chat) => {
    const key = { admin: "asha", consumer: "vera" };
    const { room } = await chat.store.appendMessage(
      {
        ...{ ...key, side: "visitor", kind: "text", content: "hello", at: Date.now() },
      } as const,
    );
    const woken = async (more: Partial<RoomRecord> = {}) =>
      (await wokenBy(chat, { ...room, ...more })).sort();
    assert.deepEqual(await woken(), ["asha"], "the only member, as ever");
    await team(chat, [
      member("asha", { role: "owner" }),
      member("ben", { teams: ["sales"] }),
      member("everything", { notify: ["all"] }),
      member("own", { notify: ["mine"] }),
      member("nothing", { notify: [] }),
      member("off", { availability: "off", notify: ["all"] }),
      member("watcher", { role: "observer" }),
    ]);
    assert.deepEqual(await woken(), ["asha", "ben", "everything"]);
    assert.deepEqual(await woken({ assignee: "own" }), ["everything", "own"]);
    assert.deepEqual(await woken({ team: "sales" }), ["ben", "everything"]);
    chat.audience.here.add("ben");
    chat.audience.isAdminOnline = () => true;
    assert.deepEqual(await woken(), ["asha", "everything"], "a colleague at the portal wakes nobody less");
    assert.deepEqual(
      await wokenByNotice(chat, "asha", ["asha", "ben", "own", "off", "watcher"], "mentions"),
      [
        "asha",
        "watcher",
      ],
    );
    await changeMembers(chat.store, "asha", (now) => ({
      remove: now.filter(({ username }) => username === "everything"),
      answer: undefined,
    }));
    assert.deepEqual(await woken(), ["asha"], "a removed member hears nothing more");
  });
});
