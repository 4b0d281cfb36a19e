import assert from "node:assert/strict";
import type { ContractTest } from "../store_contract.ts";
import { draft, numbers, sendMany, veraAtAsha, victorAtAsha } from "./fixtures.ts";

export function readMarks(contractTest: ContractTest): void {
  contractTest("a read mark moves forward and answers where it is", async (store) => {
    await sendMany(store, veraAtAsha, 5);
    assert.equal(await store.markRead(veraAtAsha, "admin", 2), 2);
    assert.equal(await store.markRead(veraAtAsha, "admin", 4), 4);
    assert.deepEqual((await store.room(veraAtAsha))?.read, { admin: 4, visitor: 5 });
  });

  contractTest("a read mark never goes back, and stays where it is without a word", async (store) => {
    await sendMany(store, veraAtAsha, 5);
    await store.markRead(veraAtAsha, "admin", 4);
    for (const seq of [4, 3, 0]) assert.equal(await store.markRead(veraAtAsha, "admin", seq), undefined);
    assert.equal((await store.room(veraAtAsha))?.read.admin, 4);
  });

  contractTest("a read mark never passes the newest message", async (store) => {
    await sendMany(store, veraAtAsha, 5);
    assert.equal(await store.markRead(veraAtAsha, "admin", 1_000_000), 5);
    assert.equal(await store.markRead(veraAtAsha, "admin", 1_000_000), undefined);
    await sendMany(store, veraAtAsha, 1);
    assert.equal((await store.room(veraAtAsha))?.read.admin, 5);
  });

  contractTest("in an empty room there is nothing to have read", async (store) => {
    await store.openRoom(veraAtAsha, 1);
    assert.equal(await store.markRead(veraAtAsha, "admin", 1), undefined);
    assert.deepEqual((await store.room(veraAtAsha))?.read, { admin: 0, visitor: 0 });
  });

  contractTest("each side has its own mark, and each room its own marks", async (store) => {
    await sendMany(store, veraAtAsha, 3);
    await sendMany(store, victorAtAsha, 3);
    await store.markRead(veraAtAsha, "admin", 3);
    assert.deepEqual((await store.room(veraAtAsha))?.read, { admin: 3, visitor: 3 });
    assert.deepEqual((await store.room(victorAtAsha))?.read, { admin: 0, visitor: 3 });
  });

  contractTest("who writes has read what is above", async (store) => {
    await sendMany(store, veraAtAsha, 3);
    const { room } = await store.appendMessage(draft(veraAtAsha, "an answer", { side: "admin" }));
    assert.deepEqual(room.read, { admin: 4, visitor: 3 });
    assert.equal(await store.markRead(veraAtAsha, "visitor", 4), 4);
  });

  contractTest("of a hundred marks at once, the furthest stays", async (store) => {
    await sendMany(store, veraAtAsha, 100);
    const moved = await Promise.all(
      numbers(100).map((n) => store.markRead(veraAtAsha, "admin", (n * 37) % 101)),
    );
    assert.equal((await store.room(veraAtAsha))?.read.admin, 100);
    const marks = moved.filter((mark) => mark !== undefined);
    assert.equal(new Set(marks).size, marks.length);
  });
}
