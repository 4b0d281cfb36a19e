import assert from "node:assert/strict";
import { botLateMs } from "../../../../db/desk.ts";
import type { MessageDraft, RoomKey, Store } from "../../../../db/store.ts";
import { WrongStatus } from "../../../../db/errors.ts";
import type { ContractTest } from "../../store_contract.ts";
import { draft, morning, veraAtAsha, veraAtBruno, victorAtAsha } from "../fixtures.ts";

const toBot: Partial<MessageDraft> = { toBot: true };
const ofBot: Partial<MessageDraft> = { side: "admin", by: "bot" };
const ofAgent: Partial<MessageDraft> = { side: "admin", by: { id: "ines" } };

/** What is seen of a room that the bot may handle. */
async function seen(store: Store, key: RoomKey = veraAtAsha) {
  const { status, waitingSince, botDueAt, head, read } = (await store.room(key))!;
  return { status, waitingSince, late: botDueAt && botDueAt - botLateMs, unread: head - read.admin };
}

export function botRooms(contractTest: ContractTest): void {
  contractTest("a conversation that begins with a text for the bot is the bot's", async (store) => {
    let at = morning;
    const append = (content: string, rest: Partial<MessageDraft> = {}) =>
      store.appendMessage(draft(veraAtAsha, content, { at: ++at, ...rest }));
    const first = await append("hello", toBot);
    assert.deepEqual([first.opened, first.statusChanged, first.room.status], [true, true, "bot"]);
    assert.deepEqual(await seen(store), { status: "bot", waitingSince: undefined, late: at, unread: 1 });
    assert.equal((await append("hello", ofBot)).statusChanged, false);
    assert.deepEqual(await seen(store), { status: "bot", waitingSince: undefined, late: at - 1, unread: 0 });
    await append("and?");
    assert.deepEqual(await seen(store), { status: "bot", waitingSince: undefined, late: at, unread: 1 });
    const { bot, open, waiting } = await store.roomCounts("asha", "ines");
    assert.deepEqual({ bot, open, waiting }, { bot: 1, open: 0, waiting: 0 });
    await append("resolved", { ...ofBot, kind: "status" });
    assert.deepEqual(await seen(store), {
      ...{ status: "resolved", waitingSince: undefined, late: undefined, unread: 2 },
    });
    await append("once more", toBot);
    assert.deepEqual(await seen(store), { status: "bot", waitingSince: undefined, late: at, unread: 3 });
  });

  contractTest("a text for the bot changes no conversation that people have", async (store) => {
    await store.appendMessage(draft(veraAtAsha, "hello"));
    await store.appendMessage(draft(veraAtAsha, "still me", toBot));
    assert.equal((await seen(store)).status, "open");
    await store.appendMessage(draft(victorAtAsha, "May I help?", { side: "admin" }));
    await store.appendMessage(draft(victorAtAsha, "yes", toBot));
    assert.deepEqual(await seen(store, victorAtAsha), {
      ...{ status: "open", waitingSince: morning, late: undefined, unread: 1 },
    });
    await store.openRoom(veraAtBruno, morning);
    await store.appendMessage(draft(veraAtBruno, "hello", toBot));
    assert.equal((await seen(store, veraAtBruno)).status, "bot", "an empty room has no conversation");
  });

  contractTest("a visitor waits from the hand-off, and what it wrote stays unread", async (store) => {
    await store.appendMessage(draft(veraAtAsha, "a person please", toBot));
    await store.appendMessage(draft(veraAtAsha, "waiting", { ...ofBot, kind: "status", at: morning + 70 }));
    assert.deepEqual(await seen(store), {
      ...{ status: "waiting", waitingSince: morning + 70, late: undefined, unread: 2 },
    });
    await store.appendMessage(draft(veraAtAsha, "hello?", { ...toBot, at: morning + 80 }));
    assert.deepEqual(await seen(store), {
      ...{ status: "waiting", waitingSince: morning + 70, late: undefined, unread: 3 },
    });
    const again = draft(veraAtAsha, "I am still here", { ...ofBot, onlyIf: { status: ["bot"] } });
    await assert.rejects(store.appendMessage(again), WrongStatus);
    await store.appendMessage(draft(veraAtAsha, "here I am", ofAgent));
    assert.deepEqual(await seen(store), {
      ...{ status: "open", waitingSince: undefined, late: undefined, unread: 0 },
    });
    await store.appendMessage(draft(veraAtAsha, "bot", { ...ofAgent, kind: "status", at: morning + 90 }));
    assert.deepEqual(await seen(store), {
      ...{ status: "bot", waitingSince: undefined, late: morning + 90, unread: 0 },
    });
  });

  contractTest("rooms that the bot has to look after are due", async (store, opened) => {
    const due = async (at: number) =>
      (await store.dueRooms(at, 10)).map(({ admin, consumer }) => `${admin} ${consumer}`);
    await store.appendMessage(draft(veraAtAsha, "hello", { ...toBot, at: morning + 1 }));
    await store.appendMessage(draft(veraAtBruno, "hello", toBot));
    assert.deepEqual(await due(morning + botLateMs - 1), []);
    assert.deepEqual(await due(morning + botLateMs + 1), ["bruno vera", "asha vera"]);
    const { room } = await store.changeDesk(veraAtBruno, {
      ...{ expect: { head: 1, status: ["bot"] }, set: { botDueAt: morning + 99_000 } },
    });
    assert.equal(room?.botDueAt, morning + 99_000);
    const late = await store.changeDesk(veraAtAsha, { expect: { head: 0 }, set: { botDueAt: 1 } });
    assert.equal(late.conflict, "expect");
    assert.deepEqual(await due(morning + botLateMs + 1), ["asha vera"]);
    await store.appendMessage(draft(veraAtAsha, "let me", ofAgent));
    assert.deepEqual(await due(morning + botLateMs + 1), []);
    const again = await opened.reopen();
    assert.deepEqual(
      (await again.dueRooms(morning + 99_000, 10)).map(({ admin, botDueAt }) => ({ admin, botDueAt })),
      [{ admin: "bruno", botDueAt: morning + 99_000 }],
    );
    await again.forgetVisitor(veraAtBruno);
    assert.deepEqual(await again.dueRooms(morning + 99_000, 10), []);
  });

  contractTest("a conversation of the bot that is merged into a person's is the person's", async (store) => {
    await store.appendMessage(draft(veraAtAsha, "hello", toBot));
    await store.appendMessage(draft(victorAtAsha, "hello"));
    await store.mergeRooms(veraAtAsha, "victor", morning + 1);
    assert.deepEqual(await seen(store, victorAtAsha), {
      ...{ status: "open", waitingSince: morning, late: undefined, unread: 2 },
    });
    await store.appendMessage(draft(veraAtBruno, "hello", toBot));
    await store.mergeRooms(veraAtBruno, "viola", morning + 1);
    assert.equal((await seen(store, { admin: "bruno", consumer: "viola" })).late, morning, "a new name");
  });
}
