import assert from "node:assert/strict";
import { botTurns, endTurn, moveTurn, takeTurn, turnOf } from "../../../db/collections/bot_turns.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, veraAtAsha, victorAtAsha } from "./fixtures.ts";

const none = { misses: 0, turns: 0 };
const ofBot = { side: "admin", by: "bot" } as const;

export function turnsOfBot(contractTest: ContractTest): void {
  contractTest(
    "of 32 processes that take a turn at once one gets it, until its lease ends",
    async (store) => {
      const take = (by: string, at: number, seq = 1) =>
        takeTurn(store, veraAtAsha, { seq, by, at, until: at + 10 });
      const taken = await Promise.all(numbers(32).map((n) => take(`process ${n}`, morning)));
      const [got] = taken.filter((turn) => turn !== undefined);
      assert.equal(taken.filter((turn) => turn !== undefined).length, 1);
      const { by } = got!.turn.lease!;
      assert.equal((await take(by, morning + 5))?.turn.lease?.until, morning + 15, "it may keep it");
      assert.equal(await take("late", morning + 14), undefined);
      assert.equal((await take("late", morning + 15))?.turn.lease?.by, "late");
    },
  );

  contractTest("a turn ends once, and says when the room is due next", async (store) => {
    await store.appendMessage(draft(veraAtAsha, "hello", { toBot: true }));
    await store.appendMessage(draft(veraAtAsha, "Hi!", ofBot));
    const ending = { seq: 1, head: 2, botDueAt: morning + 99, state: { ...none, language: "de" } };
    const ended = await Promise.all(numbers(8).map(() => endTurn(store, veraAtAsha, ending)));
    assert.deepEqual(ended.filter((room) => room).map((room) => room!.botDueAt), [morning + 99]);
    const { turn } = await turnOf(store, veraAtAsha);
    assert.deepEqual([turn.done, turn.language, turn.lease], [1, "de", undefined]);
    assert.equal(await takeTurn(store, veraAtAsha, { seq: 1, by: "a", at: 0, until: 1 }), undefined);
  });

  contractTest("a turn that ends does not hide what the room has got meanwhile", async (store) => {
    await store.appendMessage(draft(veraAtAsha, "hello", { toBot: true }));
    await store.appendMessage(draft(veraAtAsha, "one more", { at: morning + 7 }));
    const due = (await store.room(veraAtAsha))!.botDueAt;
    await endTurn(store, veraAtAsha, { seq: 1, head: 1, botDueAt: morning + 999_999, state: none });
    assert.equal((await store.room(veraAtAsha))!.botDueAt, due);
    assert.equal((await turnOf(store, veraAtAsha)).turn.done, 1);
    await store.appendMessage(draft(veraAtAsha, "I am here", { side: "admin" }));
    await endTurn(store, veraAtAsha, { seq: 2, head: 3, botDueAt: morning + 999_999, state: none });
    const room = (await store.room(veraAtAsha))!;
    assert.deepEqual([room.status, room.botDueAt], ["open", undefined]);
    assert.equal((await turnOf(store, veraAtAsha)).turn.done, 2);
  });

  contractTest("what the bot remembers goes with its visitor, or to the room of a merge", async (store) => {
    await store.appendMessage(draft(veraAtAsha, "hello", { toBot: true }));
    await endTurn(store, veraAtAsha, { seq: 1, head: 1, botDueAt: 1, state: { ...none, misses: 2 } });
    await moveTurn(store, veraAtAsha, { consumer: "victor", base: 5 });
    const { turn } = await turnOf(store, victorAtAsha);
    assert.deepEqual([turn.done, turn.misses], [6, 2]);
    assert.equal(await botTurns.get(store, ["asha", "vera"]), undefined);
    await store.openRoom(victorAtAsha, morning);
    await store.forgetVisitor(victorAtAsha);
    assert.equal(await botTurns.get(store, ["asha", "victor"]), undefined);
  });
}
