import assert from "node:assert/strict";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, send, veraAtAsha, veraAtBruno, victorAtAsha } from "./fixtures.ts";

const id = "01985c3e-9d1a-7a35-8f7e-6f1d0b8a4c11";

export function doubles(contractTest: ContractTest): void {
  contractTest("a message sent again is stored once and answered with the one stored then", async (store) => {
    const first = await store.appendMessage(draft(veraAtAsha, "hello", { client_id: id }));
    await send(store, veraAtAsha, "meanwhile");
    const again = await store.appendMessage(draft(veraAtAsha, "hello", { client_id: id, at: morning + 9 }));
    assert.equal(again.fresh, false);
    assert.deepEqual(again.message, first.message);
    assert.equal((await store.messagesAfter(veraAtAsha, 0, 10)).length, 2);
  });

  contractTest("a retry changes nothing: no seq, no status, no mark, no time", async (store) => {
    await store.appendMessage(draft(veraAtAsha, "hello", { client_id: id }));
    await store.appendMessage(
      draft(veraAtAsha, "resolved", { side: "admin", kind: "status", at: morning + 1 }),
    );
    const before = await store.room(veraAtAsha);
    const again = await store.appendMessage(draft(veraAtAsha, "hello", { client_id: id, at: morning + 9 }));
    assert.deepEqual([again.fresh, again.opened, again.statusChanged], [false, false, false]);
    assert.deepEqual(again.room, before);
    assert.deepEqual(await store.room(veraAtAsha), before);
    assert.equal((await store.appendMessage(draft(veraAtAsha, "next"))).message.seq, 3);
  });

  contractTest("the same client_id with other words is still the message stored then", async (store) => {
    await store.appendMessage(draft(veraAtAsha, "hello", { client_id: id }));
    const other = await store.appendMessage(
      draft(veraAtAsha, "resolved", { client_id: id, kind: "status" }),
    );
    assert.deepEqual([other.fresh, other.message.content, other.message.author], [false, "hello", "vera"]);
    assert.equal((await store.room(veraAtAsha))?.status, "open");
  });

  contractTest(
    "the same client_id of the other side is another message, each known to its own side",
    async (store) => {
      const first = await store.appendMessage(draft(veraAtAsha, "hello", { client_id: "1" }));
      const answer = await store.appendMessage(
        draft(veraAtAsha, "welcome", { client_id: "1", side: "admin" }),
      );
      assert.deepEqual([answer.fresh, answer.message.seq, answer.message.side], [true, 2, "admin"]);
      for (
        const { side, message } of [{ side: "visitor", ...first }, { side: "admin", ...answer }] as const
      ) {
        const again = await store.appendMessage(draft(veraAtAsha, "other words", { client_id: "1", side }));
        assert.deepEqual([again.fresh, again.message], [false, message]);
      }
      const both = await Promise.all(
        (["visitor", "admin"] as const).map((side) =>
          store.appendMessage(draft(veraAtAsha, `from the ${side}`, { client_id: "2", side }))
        ),
      );
      assert.deepEqual(both.map(({ fresh, message }) => [fresh, message.content]), [
        [true, "from the visitor"],
        [true, "from the admin"],
      ]);
      assert.equal((await store.room(veraAtAsha))?.head, 4);
      await store.forgetVisitor(veraAtAsha);
      const anew = await store.appendMessage(draft(veraAtAsha, "anew", { client_id: "1", side: "admin" }));
      assert.deepEqual([anew.fresh, anew.message.seq], [true, 1]);
    },
  );

  contractTest("a hundred times the same client_id at once is one message", async (store) => {
    const all = await Promise.all(
      numbers(100).map((n) => store.appendMessage(draft(veraAtAsha, `try ${n}`, { client_id: id }))),
    );
    assert.equal(all.filter(({ fresh }) => fresh).length, 1);
    for (const { message } of all) assert.deepEqual(message, all[0]!.message);
    assert.equal((await store.room(veraAtAsha))?.head, 1);
    assert.equal((await store.messagesAfter(veraAtAsha, 0, 10)).length, 1);
  });

  contractTest("the same client_id in several rooms is a message in each", async (store) => {
    const keys = [veraAtAsha, victorAtAsha, veraAtBruno];
    const all = await Promise.all(
      keys.map((key) => store.appendMessage(draft(key, key.consumer, { client_id: id }))),
    );
    assert(all.every(({ fresh, message }) => fresh && message.seq === 1));
    for (const key of keys) {
      const again = await store.appendMessage(draft(key, "again", { client_id: id }));
      assert.deepEqual([again.fresh, again.message.content], [false, key.consumer]);
    }
  });

  contractTest("client_ids are told apart to the letter", async (store) => {
    const ids = ["a", "A", "a ", " a", "á", "a\u0301", "", "%", "_", "1", "01", "1.0", "👩‍👩‍👧", "x".repeat(64)];
    for (const client_id of ids) {
      const { fresh, message } = await store.appendMessage(draft(veraAtAsha, "hello", { client_id }));
      assert.deepEqual([fresh, message.client_id], [true, client_id]);
    }
    for (const [i, client_id] of ids.entries()) {
      const { fresh, message } = await store.appendMessage(draft(veraAtAsha, "hello", { client_id }));
      assert.deepEqual([fresh, message.seq], [false, i + 1]);
    }
  });

  contractTest("retries among new messages leave no gap", async (store) => {
    await Promise.all(
      numbers(100).map((n) => {
        const client_id = n % 3 ? `once ${n}` : "again and again";
        return store.appendMessage(draft(veraAtAsha, `${n}`, { client_id }));
      }),
    );
    const seqs = (await store.messagesAfter(veraAtAsha, 0, 200)).map(({ seq }) => seq);
    assert.deepEqual(seqs, numbers(68));
  });
}
