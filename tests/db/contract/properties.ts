import assert from "node:assert/strict";
import fc from "fast-check";
import type { Message } from "../../../protocol/records.ts";
import type { MessageDraft, RoomKey, Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, sendMany } from "./fixtures.ts";
import { backwards, forwards } from "./message_pages.ts";
import { allRooms } from "./room_list.ts";

const runs = { numRuns: 25 };

/** Model of a room: its expected content after the calls in order. */
class ExpectedRoom {
  messages: Message[] = [];
  #byClientId = new Map<string, Message>();

  /** Checks a result against the model. */
  accept(
    { client_id, content, at, side }: MessageDraft,
    { message, fresh }: { message: Message; fresh: boolean },
  ): void {
    const stored = client_id === undefined ? undefined : this.#byClientId.get(`${side} ${client_id}`);
    assert.equal(fresh, !stored);
    if (stored) return assert.deepEqual(message, stored);
    const notBefore = Math.max(at, ...this.messages.map(({ created }) => Date.parse(created)));
    assert.deepEqual([message.seq, message.content], [this.messages.length + 1, content]);
    assert.equal(Date.parse(message.created), notBefore);
    this.messages.push(message);
    if (client_id !== undefined) this.#byClientId.set(`${side} ${client_id}`, message);
  }
}

/** Random appends: few client ids and a jumping clock, so that duplicates and backward steps are frequent. */
const someAppend = fc.record({
  room: fc.integer({ min: 0, max: 1 }),
  side: fc.constantFrom("admin" as const, "visitor" as const),
  content: fc.string({ unit: "binary", maxLength: 20 }).filter((text) =>
    text.isWellFormed() && !text.includes("\0")
  ),
  client_id: fc.option(fc.constantFrom("a", "b", "c", "d"), { nil: undefined }),
  at: fc.integer({ min: morning - 50, max: morning + 50 }),
});

let fresh = 0;
/** Rooms that no earlier run used. */
function freshRooms(): [RoomKey, RoomKey] {
  fresh++;
  return [{ admin: "asha", consumer: `p${fresh}` }, { admin: "bruno", consumer: `p${fresh}` }];
}

export function properties(contractTest: ContractTest): void {
  contractTest(
    "any appends and retries, in groups at once, leave each room dense and in the order of the calls",
    async (store) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(someAppend, { maxLength: 12 }), { maxLength: 6 }),
          async (groups) => {
            const keys = freshRooms();
            const expected = [new ExpectedRoom(), new ExpectedRoom()];
            for (const group of groups) {
              const drafts = group.map(({ room, ...rest }) => ({
                ...keys[room]!,
                kind: "text" as const,
                ...rest,
              }));
              const answers = await Promise.all(drafts.map((one) => store.appendMessage(one)));
              answers.forEach((answer, i) => expected[group[i]!.room]!.accept(drafts[i]!, answer));
            }
            for (const [i, key] of keys.entries()) {
              assert.deepEqual(await store.messagesAfter(key, 0, 100), expected[i]!.messages);
              assert.equal((await store.room(key))?.head ?? 0, expected[i]!.messages.length);
            }
          },
        ),
        runs,
      );
    },
  );

  contractTest("pages of any size, forwards and backwards, make up the room", async (store) => {
    const count = fc.integer({ min: 0, max: 40 }), limit = fc.integer({ min: 1, max: 45 });
    await fc.assert(
      fc.asyncProperty(count, limit, async (count, limit) => {
        const [key] = freshRooms();
        await sendMany(store, key, count);
        const seqs = numbers(count);
        assert.deepEqual((await forwards(store, key, limit)).map(({ seq }) => seq), seqs);
        assert.deepEqual((await backwards(store, key, limit)).map(({ seq }) => seq), seqs);
      }),
      runs,
    );
  });

  contractTest("after a seq and before the next, two pages make up the room", async (store) => {
    const [key] = freshRooms();
    await sendMany(store, key, 30);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 35 }), async (seq) => {
        const before = await store.messagesBefore(key, seq + 1, 100);
        const after = await store.messagesAfter(key, seq, 100);
        assert.deepEqual([...before, ...after].map(({ seq }) => seq), numbers(30));
      }),
      runs,
    );
  });

  contractTest("read marks are the furthest that was said, within what was there", async (store) => {
    const step = fc.record({
      side: fc.constantFrom("admin" as const, "visitor" as const),
      seq: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const [key] = freshRooms();
        const read = { admin: 0, visitor: 0 };
        let head = 0;
        await Promise.all(steps.map(({ side, seq }) => {
          if (seq === undefined) read[side] = ++head;
          else read[side] = Math.max(read[side], Math.min(seq, head));
          return seq === undefined
            ? store.appendMessage(draft(key, "hello", { side }))
            : store.markRead(key, side, seq);
        }));
        assert.deepEqual((await store.room(key))?.read, head ? read : undefined);
      }),
      runs,
    );
  });

  contractTest("a list in pages of any size is the rooms by their last activity", async (store) => {
    const moves = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(moves, fc.integer({ min: 1, max: 13 }), async (moves, limit) => {
        const admin = `admin${++fresh}`;
        for (const [i, n] of moves.entries()) {
          await store.appendMessage(draft({ admin, consumer: `c${n}` }, "hello", { at: morning + i }));
        }
        const expected = [...new Set(moves.toReversed())].map((n) => `c${n}`);
        assert.deepEqual(await listed(store, admin, limit), expected);
      }),
      runs,
    );
  });
}

function listed(store: Store, admin: string, limit: number): Promise<string[]> {
  return allRooms(store, admin, { limit, filter: "all", messages: 1 });
}
