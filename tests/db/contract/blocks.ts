import assert from "node:assert/strict";
import { Blocked } from "../../../db/errors.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, send, veraAtAsha, veraAtBruno, victorAtAsha } from "./fixtures.ts";

export function blocks(contractTest: ContractTest): void {
  contractTest("what a blocked visitor writes is refused and not stored", async (store) => {
    await send(store, veraAtAsha, "hello");
    assert.equal((await store.room(veraAtAsha))?.blocked, undefined);
    assert.equal((await store.blockVisitor(veraAtAsha, morning + 5))?.blocked, morning + 5);
    await assert.rejects(store.appendMessage(draft(veraAtAsha, "still here")), Blocked);
    await assert.rejects(store.appendMessage(draft(veraAtAsha, "again", { client_id: "x" })), Blocked);
    assert.equal((await store.room(veraAtAsha))?.head, 1);
    assert.deepEqual((await store.messagesAfter(veraAtAsha, 0, 10)).map(({ content }) => content), ["hello"]);
  });

  contractTest("a block is one room's: others write, and so does the admin", async (store) => {
    await send(store, veraAtAsha, "hello");
    await store.blockVisitor(veraAtAsha, morning);
    await send(store, victorAtAsha, "hello");
    await send(store, veraAtBruno, "hello");
    const { message } = await store.appendMessage(draft(veraAtAsha, "good-bye", { side: "admin" }));
    assert.equal(message.seq, 2);
  });

  contractTest("a refused message fails alone among a hundred", async (store) => {
    await send(store, veraAtAsha, "hello");
    await store.blockVisitor(veraAtAsha, morning);
    const sent = await Promise.allSettled(
      numbers(100).map((n) => store.appendMessage(draft(n % 10 ? victorAtAsha : veraAtAsha, `${n}`))),
    );
    assert.equal(sent.filter(({ status }) => status === "rejected").length, 10);
    assert.equal((await store.room(victorAtAsha))?.head, 90);
  });

  contractTest("a lifted block lets the visitor write on where it was", async (store) => {
    await send(store, veraAtAsha, "hello");
    await store.blockVisitor(veraAtAsha, morning);
    assert.equal((await store.unblockVisitor(veraAtAsha))?.blocked, undefined);
    const { message } = await store.appendMessage(draft(veraAtAsha, "thank you"));
    assert.equal(message.seq, 2);
  });

  contractTest(
    "blocked rooms are listed, the latest first, and stay blocked over a restart",
    async (store, opened) => {
      for (const key of [veraAtAsha, victorAtAsha, veraAtBruno]) await send(store, key, "hello");
      await store.blockVisitor(veraAtAsha, morning + 1);
      await store.blockVisitor(victorAtAsha, morning + 2);
      await store.blockVisitor(veraAtAsha, morning + 9);
      const again = await opened.reopen();
      const list = (await again.blockedRooms("asha", 10)).map(({ consumer, blocked }) => [consumer, blocked]);
      assert.deepEqual(list, [["victor", morning + 2], ["vera", morning + 1]], "the first block counts");
      assert.deepEqual(await again.blockedRooms("bruno", 10), []);
      await assert.rejects(again.appendMessage(draft(veraAtAsha, "still here")), Blocked);
    },
  );

  contractTest("there is nobody to block without a room", async (store) => {
    assert.equal(await store.blockVisitor(veraAtAsha, morning), undefined);
    assert.equal(await store.unblockVisitor(veraAtAsha), undefined);
    await send(store, veraAtAsha, "hello");
    assert.equal((await store.room(veraAtAsha))?.blocked, undefined);
  });
}
