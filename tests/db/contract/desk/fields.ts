import assert from "node:assert/strict";
import { type DeskChange, untilReply } from "../../../../db/desk_store.ts";
import type { MessageDraft, RoomKey, RoomRecord, Store } from "../../../../db/store.ts";
import type { ContractTest } from "../../store_contract.ts";
import { draft, morning, numbers, send, veraAtAsha, veraAtBruno, victorAtAsha } from "../fixtures.ts";

/** Changes a room that takes it; returns the room after. */
export async function change(store: Store, key: RoomKey, change: DeskChange): Promise<RoomRecord> {
  const changed = await store.changeDesk(key, change);
  assert.equal(changed.conflict, undefined);
  return changed.room!;
}

/** What the room's team sees of it. */
async function seen(store: Store, key: RoomKey) {
  const { status, waitingSince, snoozedUntil } = (await store.room(key))!;
  return { status, waitingSince, snoozedUntil };
}

const ofAdmin: Partial<MessageDraft> = { side: "admin" };
const ofBot: Partial<MessageDraft> = { side: "admin", by: "bot" };
const ofAgent: Partial<MessageDraft> = { side: "admin", by: { id: "ines" } };
const status: Partial<MessageDraft> = { side: "admin", kind: "status" };
const note = { collection: "test", key: ["asha", "vera"] };

export function deskFields(contractTest: ContractTest): void {
  contractTest("every field of the desk is set, kept over a restart, and deleted", async (store, opened) => {
    await send(store, veraAtAsha, "hello");
    const before = (await store.room(veraAtAsha))!;
    const room = await change(store, veraAtAsha, {
      set: {
        assignee: "ines",
        team: "sales",
        labels: ["vip", "bug"],
        snoozedUntil: untilReply,
        dueAt: 7,
        botDueAt: 9,
      },
      at: morning,
    });
    assert.deepEqual(room, {
      ...before,
      ...{ assignee: "ines", team: "sales", labels: ["vip", "bug"], labelledAt: [morning, morning] },
      ...{ snoozedUntil: untilReply, dueAt: 7, botDueAt: 9 },
    });
    assert.deepEqual(await store.room(veraAtAsha), room);
    const again = await opened.reopen();
    assert.deepEqual(await again.room(veraAtAsha), room);
    assert.deepEqual(
      (await again.rooms("asha", { limit: 5, filter: "all", messages: 0 })).rooms[0]?.room,
      room,
    );
    const none = {
      assignee: null,
      team: null,
      labels: null,
      snoozedUntil: null,
      dueAt: null,
      botDueAt: null,
    };
    assert.deepEqual(await change(again, veraAtAsha, { set: none }), before);
    assert.deepEqual(await again.room(veraAtAsha), before);
  });

  contractTest("a field that a change does not name stays, also through messages", async (store) => {
    await send(store, veraAtAsha, "hello");
    await change(store, veraAtAsha, { set: { assignee: "ines", labels: ["vip"] }, at: 5 });
    await change(store, veraAtAsha, { set: { team: "sales" } });
    await store.appendMessage(draft(veraAtAsha, "an answer", ofAgent));
    await store.markRead(veraAtAsha, "visitor", 2);
    await store.saveVisitor(veraAtAsha, { name: "Vera" }, morning);
    await store.blockVisitor(veraAtAsha, morning);
    const { assignee, team, labels, labelledAt } = (await store.room(veraAtAsha))!;
    assert.deepEqual([assignee, team, labels, labelledAt], ["ines", "sales", ["vip"], [5]]);
  });

  contractTest("a label keeps the time at which the room got it", async (store) => {
    await store.openRoom(veraAtAsha, morning);
    await change(store, veraAtAsha, { set: { labels: ["b", "a"] }, at: 10 });
    const room = await change(store, veraAtAsha, { set: { labels: ["c", "a", "c"] }, at: 20 });
    assert.deepEqual([room.labels, room.labelledAt], [["a", "c"], [10, 20]]);
    const { labels: _, labelledAt: __, ...rest } = room;
    assert.deepEqual(await change(store, veraAtAsha, { set: { labels: [] } }), rest);
  });

  contractTest("a room has at most 20 labels", async (store) => {
    await store.openRoom(veraAtAsha, morning);
    const labels = numbers(21).map((n) => `label ${n}`);
    await assert.rejects(store.changeDesk(veraAtAsha, { set: { labels } }), RangeError);
    const room = await change(store, veraAtAsha, { set: { labels: labels.slice(1) } });
    assert.equal(room.labels?.length, 20);
  });

  contractTest("a room that does not exist cannot be changed, and is not created", async (store) => {
    await send(store, veraAtBruno, "hello");
    assert.deepEqual(await store.changeDesk(veraAtAsha, { set: { assignee: "ines" } }), {
      conflict: "expect",
    });
    assert.equal(await store.room(veraAtAsha), undefined);
    assert.equal((await store.room(veraAtBruno))?.assignee, undefined);
  });

  contractTest("the admin's read mark goes back, and not beyond the newest message", async (store) => {
    await send(store, veraAtAsha, "one", "two", "three");
    await store.markRead(veraAtAsha, "admin", 3);
    assert.equal((await store.roomCounts("asha")).unread, 0);
    assert.deepEqual((await change(store, veraAtAsha, { set: { readAdmin: 1 } })).read, {
      admin: 1,
      visitor: 3,
    });
    assert.equal((await store.roomCounts("asha")).unread, 1);
    const { rooms } = await store.rooms("asha", { limit: 5, filter: "unread", messages: 0 });
    assert.equal(rooms.length, 1);
    assert.equal((await change(store, veraAtAsha, { set: { readAdmin: 9 } })).read.admin, 3);
  });

  contractTest("a visitor waits from its first text that no person has answered", async (store) => {
    let at = morning;
    const append = (content: string, rest: Partial<MessageDraft> = {}) =>
      store.appendMessage(draft(veraAtAsha, content, { at: ++at, ...rest }));
    await store.openRoom(veraAtAsha, at);
    assert.equal((await store.room(veraAtAsha))?.waitingSince, undefined);
    const { room } = await append("hello?");
    assert.equal(room.waitingSince, morning + 1);
    await append("anybody?");
    await append("I am a bot", ofBot);
    assert.equal((await store.room(veraAtAsha))?.waitingSince, morning + 1);
    assert.equal((await append("I am here", ofAgent)).room.waitingSince, undefined);
    await append("anything else?", ofAdmin);
    assert.equal((await append("yes")).room.waitingSince, morning + 6);
    assert.equal((await append("resolved", status)).room.waitingSince, undefined);
    assert.equal((await append("open", status)).room.waitingSince, undefined);
    assert.equal((await append("one more thing")).room.waitingSince, morning + 9);
  });

  contractTest(
    "nobody waits while the bot answers; from its handing over the visitor waits",
    async (store) => {
      let at = morning;
      const append = (content: string, rest: Partial<MessageDraft> = {}) =>
        store.appendMessage(draft(veraAtAsha, content, { at: ++at, ...rest }));
      await append("hello?");
      assert.deepEqual((await append("bot", { ...status, by: "bot" })).room.waitingSince, undefined);
      await append("are you a bot?");
      await append("yes", ofBot);
      assert.deepEqual(await seen(store, veraAtAsha), {
        ...{ status: "bot", waitingSince: undefined, snoozedUntil: undefined },
      });
      assert.equal((await append("waiting", { ...status, by: "bot" })).room.waitingSince, at);
      const since = at;
      await append("I wait");
      await append("a person will come", ofBot);
      assert.deepEqual(await seen(store, veraAtAsha), {
        ...{ status: "waiting", waitingSince: since, snoozedUntil: undefined },
      });
    },
  );

  contractTest("a person's text opens a room that is with the bot or waiting", async (store) => {
    for (const [key, content] of [[veraAtAsha, "bot"], [victorAtAsha, "waiting"]] as const) {
      await send(store, key, "hello?");
      await store.appendMessage(draft(key, content, { ...status, at: morning + 1 }));
      const { room, statusChanged } = await store.appendMessage(
        draft(key, "hello", { ...ofAgent, at: morning + 2 }),
      );
      assert.deepEqual([room.status, room.statusAt, room.waitingSince], ["open", morning + 2, undefined]);
      assert.ok(statusChanged);
      assert.deepEqual(await store.room(key), room);
    }
    await store.appendMessage(draft(veraAtAsha, "resolved", status));
    const { room } = await store.appendMessage(draft(veraAtAsha, "bye", ofAgent));
    assert.equal(room.status, "resolved");
  });

  contractTest("a snooze ends when the visitor writes or the room is resolved, not before", async (store) => {
    await send(store, veraAtAsha, "hello?");
    const snooze = () => change(store, veraAtAsha, { set: { snoozedUntil: morning + 1_000 } });
    await snooze();
    await store.appendMessage(draft(veraAtAsha, "I look into it", ofAgent));
    await store.appendMessage(draft(veraAtAsha, "a bot's text", ofBot));
    await store.markRead(veraAtAsha, "visitor", 3);
    assert.equal((await store.room(veraAtAsha))?.snoozedUntil, morning + 1_000);
    const { room } = await store.appendMessage(draft(veraAtAsha, "any news?"));
    assert.equal(room.snoozedUntil, undefined);
    assert.deepEqual(await store.room(veraAtAsha), room);
    await snooze();
    const resolved = await store.appendMessage(draft(veraAtAsha, "resolved", status));
    assert.equal(resolved.room.snoozedUntil, undefined);
    assert.deepEqual(await store.room(veraAtAsha), resolved.room);
  });

  contractTest("a change that expects what is not so changes nothing, and tells what is", async (store) => {
    await send(store, veraAtAsha, "hello?");
    const room = await change(store, veraAtAsha, { set: { assignee: "ines", labels: ["vip"] }, at: 5 });
    const commit = { put: [{ ...note, value: "written" }] };
    for (
      const expect of [
        { assignee: null },
        { assignee: "omar" },
        { team: "sales" },
        { labels: null },
        { labels: ["vip", "bug"] },
        { snoozedUntil: 5 },
        { dueAt: 5 },
        { waitingSince: null },
        { head: 2 },
        { status: ["bot", "waiting"] as const },
        { assignee: "ines", team: "sales" },
      ]
    ) {
      const changed = await store.changeDesk(veraAtAsha, { expect, set: { assignee: "omar" }, commit });
      assert.deepEqual(changed, { conflict: "expect", room }, JSON.stringify(expect));
    }
    assert.deepEqual(await store.room(veraAtAsha), room);
    assert.equal(await store.records.get(note.collection, note.key), undefined);
    const expect = {
      assignee: "ines",
      team: null,
      labels: ["vip"],
      waitingSince: morning,
      status: ["open"] as const,
      head: 1,
    };
    assert.equal((await change(store, veraAtAsha, { expect, set: { assignee: null } })).assignee, undefined);
  });

  contractTest("a room and records change together or not at all", async (store) => {
    await send(store, veraAtAsha, "hello?");
    const taken = [{ ...note, version: undefined }];
    const take = (assignee: string) =>
      store.changeDesk(veraAtAsha, {
        set: { assignee },
        commit: { check: taken, put: [{ ...note, value: assignee }] },
      });
    assert.equal((await take("ines")).room?.assignee, "ines");
    assert.deepEqual(await take("omar"), { conflict: "records" });
    assert.equal((await store.room(veraAtAsha))?.assignee, "ines");
    assert.equal((await store.records.get(note.collection, note.key))?.value, "ines");
    const tooMany = numbers(99).map((n) => ({
      collection: "test",
      key: ["asha", `${n}`],
      version: undefined,
    }));
    await assert.rejects(
      store.changeDesk(veraAtAsha, { set: { team: "x" }, commit: { check: tooMany } }),
      RangeError,
    );
    assert.equal((await store.room(veraAtAsha))?.team, undefined);
  });

  contractTest(
    "of 64 who take a free room at once one gets it, each with its record or without both",
    async (store) => {
      await send(store, veraAtAsha, "hello?");
      const agents = numbers(64).map((n) => `agent${n}`);
      const answers = await Promise.all(agents.map((agent) =>
        store.changeDesk(veraAtAsha, {
          expect: { assignee: null },
          set: { assignee: agent },
          commit: { put: [{ collection: "test", key: ["asha", agent], value: agent }] },
        })
      ));
      const got = agents.filter((_, i) => answers[i]!.conflict === undefined);
      assert.equal(got.length, 1);
      assert.equal((await store.room(veraAtAsha))?.assignee, got[0]);
      const written = await store.records.list("test", ["asha"], { limit: 100 });
      assert.deepEqual(written.map(({ value }) => value), got);
      for (const one of answers) if (one.conflict) assert.equal(one.room?.assignee, got[0]);
    },
  );

  contractTest(
    "64 writers that each look and try again all leave their label, or their number",
    async (store) => {
      await send(store, veraAtAsha, "hello?");
      const add = async (): Promise<void> => {
        const { dueAt } = (await store.room(veraAtAsha))!;
        const set = { dueAt: (dueAt ?? 0) + 1 };
        const { conflict } = await store.changeDesk(veraAtAsha, { expect: { dueAt: dueAt ?? null }, set });
        if (conflict) await add();
      };
      await Promise.all(
        numbers(64).map(async (n) => {
          if (n % 8 === 0) await store.appendMessage(draft(veraAtAsha, `text ${n}`));
          await add();
        }),
      );
      const room = (await store.room(veraAtAsha))!;
      assert.deepEqual([room.dueAt, room.head], [64, 9]);
    },
  );

  contractTest(
    "rooms that are due are found in all workspaces, the oldest first, each once",
    async (store) => {
      const set = async (key: RoomKey, set: DeskChange["set"]) => {
        await store.openRoom(key, morning);
        await change(store, key, { set });
      };
      await set(veraAtAsha, { dueAt: 300, snoozedUntil: 50 });
      await set(veraAtBruno, { dueAt: 100 });
      await set(victorAtAsha, { snoozedUntil: 200 });
      await set({ admin: "bruno", consumer: "viola" }, { snoozedUntil: untilReply });
      await set({ admin: "bruno", consumer: "vito" }, {});
      const due = async (at: number, limit = 10) =>
        (await store.dueRooms(at, limit)).map(({ admin, consumer }) => `${admin} ${consumer}`);
      assert.deepEqual(await due(49), []);
      assert.deepEqual(await due(50), ["asha vera"]);
      assert.deepEqual(await due(1_000), ["asha vera", "bruno vera", "asha victor"]);
      assert.deepEqual(await due(1_000, 2), ["asha vera", "bruno vera"]);
      assert.deepEqual((await store.dueRooms(50, 1))[0], await store.room(veraAtAsha));
      await store.appendMessage(draft(victorAtAsha, "hello"));
      await change(store, veraAtAsha, { set: { snoozedUntil: null } });
      assert.deepEqual(await due(1_000), ["bruno vera", "asha vera"]);
      await store.forgetVisitor(veraAtBruno);
      assert.deepEqual(await due(1_000), ["asha vera"]);
    },
  );
}
