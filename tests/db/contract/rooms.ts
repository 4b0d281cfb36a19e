import assert from "node:assert/strict";
import type { ContractTest } from "../store_contract.ts";
import {
  draft,
  malloryAtAsha,
  morning,
  numbers,
  send,
  veraAtAsha,
  veraAtBruno,
  victorAtAsha,
} from "./fixtures.ts";

export function rooms(contractTest: ContractTest): void {
  contractTest("a new room is open and empty", async (store) => {
    const { room, created } = await store.openRoom(veraAtAsha, morning);
    assert.equal(created, true);
    assert.deepEqual(room, {
      id: room.id,
      ...veraAtAsha,
      status: "open",
      created: morning,
      active: morning,
      head: 0,
      read: { admin: 0, visitor: 0 },
    });
    assert.deepEqual(await store.room(veraAtAsha), room);
  });

  contractTest("a room that is there is answered, not made again", async (store) => {
    const { room } = await store.openRoom(veraAtAsha, morning);
    assert.deepEqual(await store.openRoom(veraAtAsha, morning + 5), { room, created: false });
    await send(store, veraAtAsha, "hello");
    const again = await store.openRoom(veraAtAsha, morning + 6);
    assert.equal(again.created, false);
    assert.equal(again.room.head, 1);
  });

  contractTest("of a hundred who open a room at once, exactly one made it", async (store) => {
    const opened = await Promise.all(numbers(100).map((n) => store.openRoom(veraAtAsha, morning + n)));
    assert.equal(opened.filter(({ created }) => created).length, 1);
    for (const { room } of opened) assert.deepEqual(room, opened[0]!.room);
  });

  contractTest("a room nobody made is not there, and asking makes none", async (store) => {
    await store.openRoom(veraAtAsha, morning);
    assert.equal(await store.room(malloryAtAsha), undefined);
    assert.equal(await store.markRead(malloryAtAsha, "visitor", 1), undefined);
    assert.deepEqual(await store.messagesAfter(malloryAtAsha, 0, 10), []);
    assert.deepEqual(await store.messagesBefore(malloryAtAsha, undefined, 10), []);
    assert.equal(await store.room(malloryAtAsha), undefined);
  });

  contractTest("one consumer at two admins has two rooms that know nothing of each other", async (store) => {
    await send(store, veraAtAsha, "to asha");
    await send(store, veraAtBruno, "to bruno", "and more");
    assert.equal((await store.room(veraAtAsha))?.head, 1);
    assert.equal((await store.room(veraAtBruno))?.head, 2);
    assert.deepEqual((await store.messagesAfter(veraAtAsha, 0, 10)).map((m) => m.content), ["to asha"]);
  });

  contractTest("names that only together are the same are different rooms", async (store) => {
    const keys = [["a", "b-c"], ["a-b", "c"], ["a", "b_c"], ["a", "B-C"], ["a_b", "c"], ["a", "b"]] as const;
    const opened = await Promise.all(
      keys.map(([admin, consumer]) => store.openRoom({ admin, consumer }, morning)),
    );
    assert(opened.every(({ created }) => created));
  });

  contractTest("a room's id is short, never another's, and stays", async (store) => {
    const opened = await Promise.all(
      numbers(200).map((n) => store.openRoom({ admin: "asha", consumer: `c${n}` }, morning)),
    );
    const ids = opened.map(({ room }) => room.id);
    assert.equal(new Set(ids).size, 200);
    for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{8,22}$/);
    await send(store, { admin: "asha", consumer: "c1" }, "hello");
    assert.equal((await store.room({ admin: "asha", consumer: "c1" }))?.id, ids[0]);
  });

  contractTest("a room handed out is the caller's own to change", async (store) => {
    const { room } = await store.openRoom(veraAtAsha, morning);
    room.head = 99;
    room.read.admin = 99;
    room.status = "resolved";
    const { room: after } = await store.appendMessage(draft(veraAtAsha, "hello"));
    assert.deepEqual([after.head, after.read.admin, after.status], [1, 0, "open"]);
    assert.deepEqual(await store.room(veraAtAsha), after);
  });

  contractTest("the status changes by a message that says so, and tells who and when", async (store) => {
    await send(store, victorAtAsha, "hello");
    const resolve = draft(victorAtAsha, "resolved", { side: "admin", kind: "status", at: morning + 5 });
    const { room, statusChanged, message } = await store.appendMessage(resolve);
    assert.equal(statusChanged, true);
    assert.deepEqual([message.kind, message.content], ["status", "resolved"]);
    assert.deepEqual([room.status, room.statusBy, room.statusAt], ["resolved", "asha", morning + 5]);
    assert.deepEqual(await store.room(victorAtAsha), room);
  });

  contractTest("a status that is set already is a message, but no change", async (store) => {
    await send(store, victorAtAsha, "hello");
    const resolve = draft(victorAtAsha, "resolved", { side: "admin", kind: "status", at: morning + 5 });
    await store.appendMessage(resolve);
    const again = await store.appendMessage({ ...resolve, at: morning + 9 });
    assert.equal(again.statusChanged, false);
    assert.equal(again.message.seq, 3);
    assert.equal(again.room.statusAt, morning + 5);
  });

  contractTest("a visitor's text opens a resolved room, an admin's does not", async (store) => {
    await store.appendMessage(draft(victorAtAsha, "resolved", { side: "admin", kind: "status" }));
    const answer = await store.appendMessage(draft(victorAtAsha, "one more thing", { side: "admin" }));
    assert.deepEqual([answer.statusChanged, answer.room.status], [false, "resolved"]);
    const question = await store.appendMessage(draft(victorAtAsha, "hello?", { at: morning + 7 }));
    assert.deepEqual([question.statusChanged, question.room.status], [true, "open"]);
    assert.deepEqual([question.room.statusBy, question.room.statusAt], ["victor", morning + 7]);
    assert.equal((await store.appendMessage(draft(victorAtAsha, "still there?"))).statusChanged, false);
  });

  contractTest("a first message that is a status makes a room of that status", async (store) => {
    const { room, opened, statusChanged } = await store.appendMessage(
      draft(victorAtAsha, "resolved", { side: "admin", kind: "status" }),
    );
    assert.deepEqual([opened, statusChanged, room.status], [true, true, "resolved"]);
  });
}
